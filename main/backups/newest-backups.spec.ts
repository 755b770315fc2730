import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Server } from '../../bridge/schema/domain.js';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';
import { aRenewingFleet } from '../../tests/support/renewing-fleet.js';
import { NewestBackups } from './newest-backups.js';

const limits = { memoryBytes: null, diskBytes: null, cpuPercent: null, backups: 3 };
const hour = 3_600_000;

const open = aPanelServer('u0', { limits, isOwner: true });

async function rig(server = open) {
  const panel = new FakePanel();
  panel.list = [server];
  const fleet = aFleet(panel);
  const rule = { days: 0 };
  const newest = new NewestBackups({
    ...fleet,
    facts: fleet.fleet.facts,
    random: () => 0.5,
    goodDays: () => rule.days,
  });
  newest.start();
  await fleet.live();
  const shown = (uuid = 'u0'): Server['lastBackup'] => fleet.server(uuid).lastBackup;
  return { ...fleet, panel, newest, rule, shown, reads: (uuid = 'u0') => panel.count(`backupPage ${uuid}`) };
}

it('reads the list once and writes the newest good backup to the row', async () => {
  const { clock, panel, shown, reads } = await rig();
  panel.kept.list = [aBackup('b1', { createdAt: 5, bytes: 70 }), aRunningBackup('b2', { createdAt: 9 })];
  expect(shown()).toBeUndefined();
  await clock.advance(5000);
  expect(shown()).toEqual({ id: 'b1', at: 5, bytes: 70, everyMs: null });
  await clock.advance(3 * hour);
  expect(reads()).toBe(1);
  await clock.advance(3 * hour);
  expect(reads()).toBe(2);
});

it('a server without a good backup has none, which is known', async () => {
  const { clock, shown } = await rig();
  await clock.advance(5000);
  expect(shown()).toBeNull();
});

it('reads again as soon as a backup has ended or is deleted', async () => {
  const { clock, panel, session, shown, fleet } = await rig();
  await clock.advance(5000);
  panel.kept.list = [aBackup('b1')];
  const end = { isSuccessful: true, sha1: null, bytes: 7 };
  session('u0').tell({ kind: 'happened', fact: { kind: 'backup', backupId: 'b1', ...end } });
  await clock.advance(60_000);
  expect(shown()).toMatchObject({ id: 'b1' });
  panel.kept.list = [];
  fleet.facts.emit({ serverId: 'home/u0', fact: { kind: 'backup-deleted', backupId: 'b1' } });
  await clock.advance(60_000);
  expect(shown()).toBeNull();
});

it('a long list is read from its end, where the newest backups are', async () => {
  const { clock, panel, shown } = await rig();
  panel.kept.list = Array.from({ length: 155 }, (_, at) => aBackup(`b${at}`, { createdAt: at * hour }));
  await clock.advance(180_000);
  expect(shown()).toMatchObject({ id: 'b154' });
  expect(panel.asked.filter((call) => call.startsWith('backupPage'))).toEqual([
    'backupPage u0 1',
    'backupPage u0 4',
  ]);
});

it('a list that does not say its number of pages is read to its end', async () => {
  const { clock, panel, shown } = await rig();
  panel.kept.list = Array.from({ length: 60 }, (_, at) => aBackup(`b${at}`, { createdAt: at * hour }));
  panel.kept.saysPages = false;
  await clock.advance(180_000);
  expect(shown()).toMatchObject({ id: 'b59' });
  expect(panel.asked.filter((call) => call.startsWith('backupPage'))).toEqual([
    'backupPage u0 1',
    'backupPage u0 2',
    'backupPage u0 3',
  ]);
});

it('asks after a refusal less and less often, and continues when the panel answers', async () => {
  const { clock, panel, shown, reads } = await rig();
  panel.problems.set('backupPage', aProblem('forbidden'));
  await clock.advance(5000);
  expect([reads(), shown()]).toEqual([1, undefined]);
  await clock.advance(11 * 60_000);
  expect(reads()).toBe(2);
  await clock.advance(11 * 60_000);
  expect(reads()).toBe(2);
  await clock.advance(24 * hour);
  expect(reads()).toBeLessThan(10);
  panel.problems.clear();
  await clock.advance(7 * hour);
  expect(shown()).toBeNull();
});

it('suspended servers are read once they are open again', async () => {
  const { clock, panel, shown, reads } = await rig(
    aPanelServer('u0', { limits, isOwner: true, condition: 'suspended' }),
  );
  await clock.advance(10 * 60_000);
  expect(reads()).toBe(0);
  panel.list = [open];
  await clock.advance(3 * 60_000);
  expect([reads(), shown()]).toEqual([1, null]);
});

it('sends no request while the account rests after a rate limit', async () => {
  const { clock, panel, reads } = await rig();
  panel.rests = clock.now() + 300_000;
  await clock.advance(290_000);
  expect(reads()).toBe(0);
  panel.rests = null;
  await clock.advance(60_000);
  expect(reads()).toBe(1);
});

describe('a missing good backup', () => {
  const overdue = ({ server }: Awaited<ReturnType<typeof rig>>) => server('u0').backupOverdue;

  it('is reported only with a rule, and ends with a good backup', async () => {
    const all = await rig();
    const { clock, panel, rule, fleet } = all;
    expect(overdue(all)).toBeUndefined();
    await clock.advance(5000);
    expect(overdue(all)).toBe(false);
    rule.days = 2;
    await clock.advance(60_000);
    expect(overdue(all)).toBe(true);
    panel.kept.list = [aBackup('b1', { createdAt: clock.wall() })];
    const fact = { kind: 'backup', backupId: 'b1', isSuccessful: true, sha1: null, bytes: 1 } as const;
    fleet.facts.emit({ serverId: 'home/u0', fact });
    await clock.advance(60_000);
    expect(overdue(all)).toBe(false);
    await clock.advance(49 * hour);
    expect(overdue(all)).toBe(true);
    rule.days = 0;
    await clock.advance(60_000);
    expect(overdue(all)).toBe(false);
  });

  it('is reported without a rule when regular backups are late by twice their interval', async () => {
    const all = await rig();
    const { clock, panel } = all;
    const now = clock.wall();
    panel.kept.list = [0, 24, 48].map((ago) => aBackup(`b${ago}`, { createdAt: now - ago * hour }));
    await clock.advance(47 * hour);
    expect(overdue(all)).toBe(false);
    await clock.advance(2 * hour);
    expect(overdue(all)).toBe(true);
  });
});

describe('200 servers', () => {
  function manyServers(limit: number) {
    const fleet = aRenewingFleet(200, limit, { limits, isOwner: true });
    const facts = fleet.fleet.facts;
    const newest = new NewestBackups({ ...fleet, facts, random: () => 0.5, goodDays: () => 0 });
    newest.start();
    const unknown = (): number =>
      [...fleet.store.state.servers.values()].filter(({ lastBackup }) => lastBackup === undefined).length;
    return { ...fleet, newest, facts, unknown };
  }

  it.each([
    [240, 11],
    [720, 4],
  ])(
    'are all known at %i calls a minute after at most %i minutes, and live before that',
    async (limit, minutes) => {
      const { clock, panel, live, unknown, busiest } = manyServers(limit);
      await clock.advance(((110 * 60_000) / limit) * 4);
      expect(live()).toBe(200);
      const before = unknown();
      for (let minute = 0; minute < minutes; minute++) await clock.advance(60_000);
      expect(before).toBeGreaterThan(150);
      expect(unknown()).toBe(0);
      expect(panel.count('backupPage')).toBe(200);
      expect(busiest()).toBeLessThanOrEqual(limit / 2);
    },
  );

  it('never use more than half of the limit, whatever backups end at whatever time', async () => {
    const step = fc.record({
      ended: fc.uniqueArray(fc.nat(199), { maxLength: 200 }),
      seconds: fc.integer({ min: 1, max: 600 }),
      wakes: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 5 }), fc.constantFrom(240, 720), async (steps, limit) => {
        const { clock, fleet, newest, facts, unknown, busiest } = manyServers(limit);
        for (const { ended, seconds, wakes } of steps) {
          if (wakes) fleet.onResume();
          const fact = { kind: 'backup', backupId: 'b', isSuccessful: true, sha1: null, bytes: 1 } as const;
          for (const at of ended) facts.emit({ serverId: `home/u${at}`, fact });
          await clock.advance(seconds * 1000);
        }
        await clock.advance(15 * 60_000);
        expect(busiest()).toBeLessThanOrEqual(limit / 2);
        expect(unknown()).toBe(0);
        newest.stop();
        await fleet.stop();
      }),
      { numRuns: 8 },
    );
  });
});
