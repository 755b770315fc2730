import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aKeptBackup, aRetentionRule, someBackups, someRule } from '../../tests/support/some-backups.js';
import { retain, type KeptBackup, type KeptFor, type RetentionRule } from './retention.js';

const hourMs = 3_600_000;
const at = (time: string): { createdAt: number } => ({ createdAt: Date.parse(time) });
/** Backups of consecutive hours, the newest first. */
const hourly = (...fields: Partial<KeptBackup>[]): KeptBackup[] =>
  fields.map((each, place) =>
    aKeptBackup(`b${place}`, { createdAt: Date.parse('2026-11-29T20:00:00Z') - place * hourMs, ...each }),
  );

describe('a rule for backups', () => {
  it('keeps the last backups, and names the others from the oldest on', () => {
    const { kept, goes } = retain(hourly({}, {}, {}, {}), aRetentionRule({ last: 2 }));
    expect(kept).toEqual([
      { id: 'b0', for: ['last'] },
      { id: 'b1', for: ['last'] },
    ]);
    expect(goes).toEqual(['b3', 'b2']);
  });

  it('keeps the newest of each day, week and month that has a backup', () => {
    const backups = [
      aKeptBackup('sun-late', at('2026-11-29T18:00:00Z')),
      aKeptBackup('sun-early', at('2026-11-29T04:00:00Z')),
      aKeptBackup('mon', at('2026-11-23T04:00:00Z')),
      aKeptBackup('sun-before', at('2026-11-22T04:00:00Z')),
      aKeptBackup('october', at('2026-10-09T04:00:00Z')),
      aKeptBackup('may', at('2026-05-01T04:00:00Z')),
      aKeptBackup('april', at('2026-04-01T04:00:00Z')),
    ];
    const rule = aRetentionRule({ daily: 2, weekly: 2, monthly: 3 });
    expect(retain(backups, rule)).toMatchObject({
      kept: [
        { id: 'sun-late', for: ['daily', 'weekly', 'monthly'] },
        { id: 'mon', for: ['daily'] },
        { id: 'sun-before', for: ['weekly'] },
        { id: 'october', for: ['monthly'] },
        { id: 'may', for: ['monthly'] },
      ],
      goes: ['april', 'sun-early'],
    });
  });

  it.each([null, {}])('keeps all backups without a number', (keep) => {
    const { kept, goes } = retain(hourly({}, {}), aRetentionRule(keep));
    expect(kept.map(({ id }) => id)).toEqual(['b0', 'b1']);
    expect(goes).toEqual([]);
  });

  it('leaves backups alone that it may not delete, and gives them no place', () => {
    const backups = hourly(
      { state: 'running' },
      { locked: true },
      { maker: 'person' },
      { maker: 'unknown' },
      { maker: 'schedule' },
      {},
      { state: 'failed' },
      {},
    );
    const rule = aRetentionRule({ last: 1 }, { restoring: new Set(['b5']) });
    expect(retain(backups, rule)).toEqual({
      kept: [{ id: 'b4', for: ['last'] }],
      untouched: [
        { id: 'b0', why: 'running' },
        { id: 'b1', why: 'locked' },
        { id: 'b2', why: 'by-hand' },
        { id: 'b3', why: 'by-hand' },
        { id: 'b5', why: 'restoring' },
        { id: 'b6', why: 'failed' },
      ],
      goes: ['b7'],
      held: [],
    });
  });

  it('deletes backups of a person only if its setting says so', () => {
    const backups = hourly({ maker: 'person' }, { maker: 'unknown' }, { maker: 'person', locked: true });
    expect(retain(backups, aRetentionRule({ last: 1 }, { byHand: true }))).toMatchObject({
      kept: [{ id: 'b0', for: ['last'] }],
      goes: ['b1'],
      untouched: [{ id: 'b2', why: 'locked' }],
    });
  });

  it('deletes no backup while the newest finished backup has failed', () => {
    const failed = hourly({ state: 'running' }, { state: 'failed' }, {}, {}, {});
    expect(retain(failed, aRetentionRule({ last: 1 }))).toMatchObject({ goes: [], held: ['b4', 'b3'] });
    const sameSecond = failed.map((each) => ({ ...each, createdAt: 0 }));
    expect(retain(sameSecond, aRetentionRule({ last: 1 })).goes).toEqual([]);
    const [running, bad, ...good] = failed;
    const again = [running, ...good, bad].flatMap((each, place) =>
      each === undefined ? [] : { ...each, createdAt: -place },
    );
    expect(retain(again, aRetentionRule({ last: 1 }))).toMatchObject({ goes: ['b4', 'b3'], held: [] });
  });
});

/** Local date, `2026-11-29`. */
const dateIn = (zone: string, { createdAt }: KeptBackup): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(createdAt);

/** Date of the Thursday of the same ISO week. */
function thursdayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  return day.toISOString().slice(0, 10);
}

/** Model: which backups the tiers keep, each judged alone by those that are newer. */
function modelKept(
  backups: readonly KeptBackup[],
  { rule, zone }: { rule: RetentionRule; zone: string },
): string[] {
  const { keep, byHand, restoring } = rule;
  const isManaged = ({ id, state, locked, maker }: KeptBackup): boolean =>
    state === 'good' && !locked && !restoring.has(id) && (byHand || maker === 'rule' || maker === 'schedule');
  const managed = backups.filter(isManaged);
  if (keep === null || Object.values(keep).every((number) => number === 0))
    return managed.map(({ id }) => id);
  const spanOf: Record<KeptFor, (backup: KeptBackup) => string> = {
    last: ({ id }) => id,
    daily: (backup) => dateIn(zone, backup),
    weekly: (backup) => thursdayOf(dateIn(zone, backup)),
    monthly: (backup) => dateIn(zone, backup).slice(0, 7),
  };
  const isKept = (backup: KeptBackup, tier: KeptFor): boolean => {
    const newer = managed.filter(
      ({ id, createdAt }) =>
        createdAt > backup.createdAt || (createdAt === backup.createdAt && id < backup.id),
    );
    const spans = new Set(newer.map(spanOf[tier]));
    return !spans.has(spanOf[tier](backup)) && spans.size < keep[tier];
  };
  const tiers = Object.keys(spanOf) as KeptFor[];
  return managed.filter((backup) => tiers.some((tier) => isKept(backup, tier))).map(({ id }) => id);
}

describe('any backups under any rule', () => {
  const world = someBackups.chain((backups) =>
    fc.record({ backups: fc.constant(backups), told: someRule(backups) }),
  );
  const each = (check: (backups: KeptBackup[], told: { rule: RetentionRule; zone: string }) => void): void =>
    fc.assert(
      fc.property(world, ({ backups, told }) => check(backups, told)),
      { numRuns: 300 },
    );

  it('are kept as a naive model says, and each has one fate', () => {
    each((backups, told) => {
      const { kept, untouched, goes, held } = retain(backups, told.rule);
      expect(kept.map(({ id }) => id).toSorted()).toEqual(modelKept(backups, told).toSorted());
      const fates = [...kept.map(({ id }) => id), ...untouched.map(({ id }) => id), ...goes, ...held];
      expect(fates.toSorted()).toEqual(backups.map(({ id }) => id).toSorted());
    });
  });

  it('lose only good ones of the rule: no locked, none made by hand, none in use, and not the newest', () => {
    each((backups, { rule }) => {
      const gone = new Set(retain(backups, rule).goes);
      const good = backups.filter(({ state }) => state === 'good');
      const latest = Math.max(...good.map(({ createdAt }) => createdAt));
      for (const backup of backups.filter(({ id }) => gone.has(id))) {
        expect(backup).toMatchObject({ state: 'good', locked: false });
        expect(rule.restoring.has(backup.id)).toBe(false);
        if (!rule.byHand) expect(['rule', 'schedule']).toContain(backup.maker);
      }
      const left = good.filter(({ id }) => !gone.has(id));
      if (good.length > 0) expect(left.some(({ createdAt }) => createdAt === latest)).toBe(true);
    });
  });

  it('lose no backup while the newest finished backup has failed', () => {
    each((backups, { rule }) => {
      const finished = backups.filter(({ state }) => state !== 'running');
      const newest = finished.toSorted((one, other) => other.createdAt - one.createdAt)[0];
      if (newest?.state === 'failed') expect(retain(backups, rule).goes).toEqual([]);
    });
  });

  it('have the same fate in any order, and lose no more in a second look', () => {
    each((backups, { rule }) => {
      const first = retain(backups, rule);
      expect(retain(backups.toReversed(), rule)).toEqual(first);
      const left = backups.filter(({ id }) => !first.goes.includes(id));
      expect(retain(left, rule)).toEqual({ ...first, goes: [] });
    });
  });
});
