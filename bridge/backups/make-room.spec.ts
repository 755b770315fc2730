import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aKeptBackup, aRetentionRule, someBackups, someRule } from '../../tests/support/some-backups.js';
import { makeRoom } from './make-room.js';
import { retain, type KeptBackup } from './retention.js';

/** Good backups by rule, the newest first; a day apart. */
const daily = (...fields: Partial<KeptBackup>[]): KeptBackup[] =>
  fields.map((each, place) => aKeptBackup(`b${place}`, { createdAt: -place * 86_400_000, ...each }));
const now = 86_400_000;
const none = (why: string): object => ({ kind: 'none', why });
const room = (...ids: string[]): object => ({ kind: 'room', ids });

describe('room for a new backup', () => {
  it('is there below the limit and without one; failed backups take no place', () => {
    const backups = daily({}, {}, { state: 'failed' });
    expect(makeRoom(backups, aRetentionRule(null), { limit: 3, now })).toEqual(room());
    expect(makeRoom(backups, aRetentionRule(null), { limit: null, now })).toEqual(room());
  });

  it('takes the oldest backups that the rule deletes once the new backup exists', () => {
    expect(makeRoom(daily({}, {}, {}), aRetentionRule({ last: 3 }), { limit: 3, now })).toEqual(room('b2'));
    const locked = daily({}, {}, { locked: true });
    expect(makeRoom(locked, aRetentionRule({ last: 2 }), { limit: 3, now })).toEqual(room('b1'));
  });

  it('is made by several where the host has lowered the limit', () => {
    expect(makeRoom(daily({}, {}, {}, {}), aRetentionRule({ last: 2 }), { limit: 3, now })).toEqual(
      room('b3', 'b2'),
    );
  });

  it.each([
    ['the host allows none', [], aRetentionRule({ last: 1 }), 0, 'not-allowed'],
    ['no rule deletes', daily({}, {}), aRetentionRule(null), 2, 'no-rule'],
    ['the newest has failed', daily({ state: 'failed' }, {}, {}), aRetentionRule({ last: 1 }), 2, 'failed'],
    ['the only good one would go', daily({}), aRetentionRule({ last: 1 }), 1, 'only-good'],
    ['the rule keeps more than the host allows', daily({}, {}), aRetentionRule({ last: 7 }), 2, 'kept'],
    [
      'a person made them',
      daily({ maker: 'person' }, { maker: 'unknown' }),
      aRetentionRule({ last: 1 }),
      2,
      'kept',
    ],
  ] as const)('is not there where %s', (_what, backups, rule, limit, why) => {
    expect(makeRoom(backups, rule, { limit, now })).toEqual(none(why));
  });

  it('counts the new one as the newest, also if the clock of the panel is ahead', () => {
    const ahead = daily({}, {}, {});
    expect(makeRoom(ahead, aRetentionRule({ last: 3 }), { limit: 3, now: -now * 9 })).toEqual(room('b2'));
  });

  it('never takes backups that the rule keeps, the newest good backup, or more than needed', () => {
    const world = someBackups.chain((backups) =>
      fc.record({
        backups: fc.constant(backups),
        told: someRule(backups),
        limit: fc.integer({ min: 1, max: 40 }),
        later: fc.integer({ min: 0, max: 40 * 24 }).map((hour) => hour * 3_600_000),
      }),
    );
    fc.assert(
      fc.property(world, ({ backups, told: { rule }, limit, later }) => {
        const newest = Math.max(...backups.map(({ createdAt }) => createdAt), 0);
        const at = newest + later;
        const made = makeRoom(backups, rule, { limit, now: at });
        expect(makeRoom(backups.toReversed(), rule, { limit, now: at })).toEqual(made);
        if (made.kind === 'none') return;
        const left = backups.filter(({ id }) => !made.ids.includes(id));
        const used = (all: readonly KeptBackup[]): number =>
          all.filter(({ state }) => state !== 'failed').length;
        if (made.ids.length > 0) expect(used(left)).toBe(limit - 1);
        else expect(used(left)).toBeLessThan(limit);
        const next = aKeptBackup('', { createdAt: at });
        const { goes } = retain([...backups, next], rule);
        expect(goes).toEqual(expect.arrayContaining([...made.ids]));
        const good = backups.filter(({ state }) => state === 'good');
        const latest = Math.max(...good.map(({ createdAt }) => createdAt));
        if (good.length > 0)
          expect(left.some(({ state, createdAt }) => state === 'good' && createdAt === latest)).toBe(true);
        // The rule agrees afterwards: the new backup costs none that it keeps.
        expect(retain([...left, next], rule).kept).toEqual(retain([...backups, next], rule).kept);
      }),
      { numRuns: 300 },
    );
  });
});
