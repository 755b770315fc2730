import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarIn } from '../../bridge/backups/calendar.js';
import type { BackupCopy } from '../../bridge/schema/backup-copies.js';
import type { BackupFetch, Keep } from '../../bridge/schema/backup-rules.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import { copyFile } from './copies-names.js';
import { copiesPlan } from './copies-plan.js';

const hour = 3_600_000;
const calendar = calendarIn('UTC');
const copy = (id: string, hours: number, isKept = false): BackupCopy => {
  const one = { id, createdAt: hours * hour, bytes: 1000, ...(isKept ? { isKept } : {}) };
  return { ...one, file: copyFile(one) ?? '' };
};
const there = (id: string, hours: number, state: 'good' | 'failed' | 'running' = 'good') =>
  aBackup(id, { createdAt: hours * hour, state });
const last = (count: number): Keep => ({ last: count, daily: 0, weekly: 0, monthly: 0 });
const ids = (copies: readonly BackupCopy[]) => copies.map(({ id }) => id);

describe('backups that Perch fetches', () => {
  it('is each good backup without a copy, oldest first', () => {
    const panel = [
      there('d', 4, 'running'),
      there('c', 3),
      there('b', 2, 'failed'),
      there('a', 1),
      there('z', 0),
    ];
    const plan = copiesPlan(panel, [copy('z', 0)], { fetch: 'each', keep: null, calendar });
    expect(ids(plan.fetch)).toEqual(['a', 'c']);
    expect(plan.remove).toEqual([]);
  });

  it('is none whose time nobody can read, because its name needs one', () => {
    const undated = aBackup('u', { createdAt: null });
    const plan = copiesPlan([there('a', 1), undated], [], { fetch: 'each', keep: null, calendar });
    expect(ids(plan.fetch)).toEqual(['a']);
  });

  it('one backup of each day', () => {
    const panel = [there('e', 50), there('d', 30), there('c', 26), there('b', 9), there('a', 1)];
    const plan = copiesPlan(panel, [copy('b', 9)], { fetch: 'daily', keep: null, calendar });
    expect(ids(plan.fetch)).toEqual(['d', 'e']);
  });

  it('exclude those that the rule would delete at once, and exist only with a rule', () => {
    const panel = [there('c', 3), there('b', 2), there('a', 1)];
    expect(ids(copiesPlan(panel, [], { fetch: 'each', keep: last(2), calendar }).fetch)).toEqual(['b', 'c']);
    const none = copiesPlan(panel, [copy('a', 1)], { fetch: 'none', keep: last(1), calendar });
    expect(none).toEqual({ fetch: [], remove: [] });
  });
});

describe('copies to delete', () => {
  const rule = { fetch: 'each', keep: last(1), calendar } as const;

  it('goes once the newer copy is here', () => {
    const panel = [there('b', 2), there('a', 1)];
    expect(copiesPlan(panel, [copy('a', 1)], rule)).toMatchObject({ fetch: [{ id: 'b' }], remove: [] });
    expect(ids(copiesPlan(panel, [copy('b', 2), copy('a', 1)], rule).remove)).toEqual(['a']);
  });

  it('is no copy that a person asked for, which takes no place of another one', () => {
    const here = [copy('d', 4, true), copy('c', 3), copy('b', 2), copy('a', 1, true)];
    expect(ids(copiesPlan([there('c', 3)], here, rule).remove)).toEqual(['b']);
    expect(copiesPlan([there('a', 1)], [copy('a', 1, true)], rule)).toEqual({ fetch: [], remove: [] });
  });

  it('stays while the newest backup has failed', () => {
    const here = [copy('b', 2), copy('a', 1)];
    expect(copiesPlan([there('c', 3, 'failed')], here, rule).remove).toEqual([]);
    expect(ids(copiesPlan([there('c', 1, 'failed')], here, rule).remove)).toEqual(['a']);
  });
});

it('comes to rest, keeps a copy and fetches nothing that goes, whatever is there', () => {
  const some = (name: string) =>
    fc
      .uniqueArray(fc.nat(400), { maxLength: 12 })
      .map((hours) => hours.map((at) => ({ id: `${name}${at}`, at })));
  const count = fc.nat(3);
  const keep = fc.option(fc.record({ last: count, daily: count, weekly: count, monthly: count }));
  const fetches = fc.constantFrom<BackupFetch>('each', 'daily');
  fc.assert(
    fc.property(some('p'), some('h'), keep, fetches, (panel, own, numbers, fetch) => {
      const backups = panel.map(({ id, at }) => there(id, at));
      const isAsked = ({ isKept }: BackupCopy): boolean => isKept === true;
      const rule = { fetch, keep: numbers, calendar };
      let here = own.map(({ id, at }) => copy(id, at, at % 3 === 0));
      const asked = here.filter(isAsked);
      const fetched = new Set<string>();
      for (let turn = 0; turn < 3; turn++) {
        const plan = copiesPlan(backups, here, rule);
        expect(plan.remove.filter(({ id }) => fetched.has(id))).toEqual([]);
        for (const { id } of plan.fetch) fetched.add(id);
        const gone = new Set(ids(plan.remove));
        here = [...here.filter(({ id }) => !gone.has(id)), ...plan.fetch];
      }
      expect(copiesPlan(backups, here, rule)).toEqual({ fetch: [], remove: [] });
      expect(here.filter(isAsked)).toEqual(asked);
      expect(here.length > 0).toBe(panel.length + own.length > 0);
    }),
  );
});
