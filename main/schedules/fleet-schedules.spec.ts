import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../bridge/schema/schedules.js';
import type { ServerSchedules } from '../../bridge/schema/fleet-schedules.js';
import { keptSchedules } from '../../bridge/schedules/fleet-limits.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';
import { aRenewingFleet } from '../../tests/support/renewing-fleet.js';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import type { ScheduleTrouble } from '../base/server-fact.js';
import { FleetSchedules } from './fleet-schedules.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

async function rig(server = aPanelServer('u0')) {
  const panel = new FakePanel();
  panel.list = [server];
  const fleet = aFleet(panel);
  const told: (readonly ScheduleTrouble[])[] = [];
  fleet.fleet.facts.listen(({ fact }) => void (fact.kind === 'schedules' && told.push(fact.troubles)));
  const schedules = new FleetSchedules({ ...fleet, facts: fleet.fleet.facts, random: () => 1 });
  schedules.start();
  await fleet.live();
  const plan = (fields: Partial<Schedule> = {}): void => {
    panel.planned = [aSchedule({ nextRunAt: fleet.clock.wall() + day, ...fields })];
  };
  return { ...fleet, panel, schedules, told, plan, reads: () => panel.count('schedules u0') };
}

/** A window that shows the schedules of the fleet. */
function shownIn({ schedules }: Pick<Awaited<ReturnType<typeof rig>>, 'schedules'>) {
  const seen = new Map<string, ServerSchedules>();
  const take = (changed: readonly ServerSchedules[]): void =>
    changed.forEach((one) => void seen.set(one.serverId, one));
  const close = schedules.source(undefined, { snapshot: take, change: take }, { webContentsId: 1 });
  return { seen, close };
}

describe('the reads', () => {
  it('come once, and then soon after the next run should have ended', async () => {
    const { clock, plan, reads } = await rig();
    plan({ nextRunAt: clock.wall() + 2 * hour });
    await clock.advance(10_000);
    expect(reads()).toBe(1);
    await clock.advance(2 * hour + 5 * minute);
    expect(reads()).toBe(1);
    await clock.advance(2 * minute);
    expect(reads()).toBe(2);
  });

  it('of a server without schedules come every six hours at most', async () => {
    const { clock, reads } = await rig();
    await clock.advance(5 * hour);
    expect(reads()).toBe(1);
    await clock.advance(day - 5 * hour);
    expect(reads()).toBe(4);
  });

  it('come at once and every two minutes while a window shows the schedules', async () => {
    const all = await rig();
    all.plan();
    await all.clock.advance(10 * minute);
    expect(all.reads()).toBe(1);
    const { seen, close } = shownIn(all);
    expect(seen.get('home/u0')?.schedules).toMatchObject([{ name: 'Nightly' }]);
    await all.clock.advance(5000);
    expect(all.reads()).toBe(2);
    await all.clock.advance(10 * minute);
    expect(all.reads()).toBe(7);
    close();
    await all.clock.advance(hour);
    expect(all.reads()).toBeLessThanOrEqual(8);
  });

  it('that wait for calls to spare come at once when a window begins to show the schedules', async () => {
    const all = await rig();
    const watched = all.fleet.server('home/u0');
    // A search that never ends, so that no call is idle.
    void watched?.whenSpare(() => new Promise(() => undefined));
    await all.clock.advance(minute);
    expect(all.reads()).toBe(0);
    shownIn(all);
    await all.clock.advance(5000);
    expect(all.reads()).toBe(1);
  });

  it('come at once for a window although the account has just had no call to spare', async () => {
    const all = await rig();
    const watched = all.fleet.server('home/u0');
    void watched?.whenSpare(() => new Promise(() => undefined));
    void watched?.whenIdle(() => Promise.resolve());
    await all.clock.advance(5000);
    expect(all.reads()).toBe(0);
    shownIn(all);
    await all.clock.advance(5000);
    expect(all.reads()).toBe(1);
  });

  it('do not come again within ten minutes for a look at a list that the panel has forbidden', async () => {
    const all = await rig();
    all.plan();
    await all.clock.advance(10 * minute);
    all.panel.problems.set('schedules', aProblem('forbidden'));
    for (const [minutes, reads] of [
      [0, 2],
      [9, 2],
      [2, 3],
    ] as const) {
      await all.clock.advance(minutes * minute);
      const { close } = shownIn(all);
      await all.clock.advance(5000);
      close();
      expect(all.reads()).toBe(reads);
    }
  });

  it('come at once after a change that Perch made', async () => {
    const { clock, plan, reads, schedules } = await rig();
    plan();
    await clock.advance(10_000);
    schedules.changedOnPanel('home/u0');
    await clock.advance(10_000);
    expect(reads()).toBe(2);
  });

  it.each([
    ['the key may not see schedules', { isOwner: false, permissions: ['control.start'] }],
    ['the server is suspended', { condition: 'suspended' as const }],
  ])('do not come where %s', async (_why, fields) => {
    const { clock, reads } = await rig(aPanelServer('u0', fields));
    await clock.advance(day);
    expect(reads()).toBe(0);
  });

  it('stop while the panel does not answer', async () => {
    const { clock, panel, plan, reads } = await rig();
    plan({ nextRunAt: clock.wall() + hour });
    await clock.advance(10_000);
    panel.problems.set('servers', aProblem('panel-unreachable'));
    panel.problems.set('schedules', aProblem('panel-unreachable'));
    await clock.advance(3 * hour);
    expect(reads()).toBeLessThanOrEqual(2);
  });
});

it('keeps a limited part of a hostile panel’s list', async () => {
  const all = await rig();
  const task = aTask({ action: 'x'.repeat(9000), payload: 'y'.repeat(90_000) });
  all.panel.planned = Array.from({ length: 5000 }, (_, id) =>
    aSchedule({ id, name: 'n'.repeat(9000), tasks: Array.from({ length: 50 }, () => task) }),
  );
  await all.clock.advance(10_000);
  const kept = shownIn(all).seen.get('home/u0')?.schedules ?? [];
  expect(kept).toHaveLength(keptSchedules.ofServer);
  expect(kept[0]?.name).toHaveLength(keptSchedules.text);
  expect(kept[0]?.tasks).toHaveLength(keptSchedules.tasks);
  expect(kept[0]?.tasks[0]?.payload).toHaveLength(keptSchedules.text);
});

it('forgets the schedules of a server that is gone, and says so', async () => {
  const all = await rig();
  all.plan();
  await all.clock.advance(10_000);
  const { seen } = shownIn(all);
  all.panel.list = [aPanelServer('u1'), aPanelServer('u2')];
  await all.clock.advance(5 * minute);
  expect(seen.get('home/u0')).toMatchObject({ schedules: null });
  expect(seen.get('home/u1')?.schedules).toHaveLength(1);
});

describe('troubles', () => {
  it('are reported once, by a second check, and so is their end', async () => {
    const all = await rig();
    all.plan({ nextRunAt: all.clock.wall() + hour });
    await all.clock.advance(10_000);
    expect(all.told).toEqual([[]]);
    await all.clock.advance(hour + 7 * minute);
    expect(all.told).toEqual([[]]);
    await all.clock.advance(3 * minute);
    const overdue = [{ id: 1, name: 'Nightly', why: 'overdue' }];
    expect(all.told).toEqual([[], overdue]);
    await all.clock.advance(5 * hour);
    expect(all.told).toEqual([[], overdue]);
    all.plan();
    await all.clock.advance(6 * minute);
    expect(all.told).toEqual([[], overdue, []]);
  });

  it('include a run that does not end, long before the next run is due', async () => {
    const all = await rig();
    all.plan({ nextRunAt: all.clock.wall() + hour });
    await all.clock.advance(10_000);
    await all.clock.advance(hour);
    all.plan({ isProcessing: true });
    await all.clock.advance(20 * minute);
    expect(all.told).toEqual([[], [{ id: 1, name: 'Nightly', why: 'stuck' }]]);
  });

  it('are not proved while the node is away', async () => {
    const all = await rig();
    all.plan({ isProcessing: true });
    const away = { kind: 'reconnecting', retryAt: 0, problem: aProblem('node-unreachable') } as const;
    all.session('u0').tell({ kind: 'link', link: away });
    await all.clock.advance(hour);
    expect(all.told).toEqual([]);
    all.session('u0').tell({ kind: 'link', link: { kind: 'live' } });
    await all.clock.advance(4 * minute);
    expect(all.told.flat()).toEqual([]);
    await all.clock.advance(30 * minute);
    expect(all.told.at(-1)).toEqual([{ id: 1, name: 'Nightly', why: 'stuck' }]);
  });
});

describe('200 servers', () => {
  it.each([
    [240, 17],
    [720, 6],
  ])(
    'at %i calls a minute are all read within %i minutes, beside their live sessions',
    async (limit, most) => {
      const fleet = aRenewingFleet(200, limit, { isOwner: true });
      fleet.panel.planned = [aSchedule({ nextRunAt: day })];
      const schedules = new FleetSchedules({ ...fleet, facts: fleet.fleet.facts, random: () => 0.5 });
      schedules.start();
      await fleet.clock.advance(((110 * minute) / limit) * 4);
      expect(fleet.live()).toBe(200);
      let minutes = 0;
      while (fleet.panel.count('schedules') < 200 && minutes < 60) {
        minutes += 1;
        await fleet.clock.advance(minute);
      }
      expect(minutes).toBeLessThanOrEqual(most);
      expect(fleet.busiest()).toBeLessThanOrEqual(limit / 2);
      expect(shownIn({ schedules }).seen.size).toBe(200);
      schedules.stop();
      await fleet.fleet.stop();
    },
  );

  it('that a window shows are all read sooner', async () => {
    const fleet = aRenewingFleet(200, 240, { isOwner: true });
    const schedules = new FleetSchedules({ ...fleet, facts: fleet.fleet.facts, random: () => 0.5 });
    schedules.start();
    await fleet.clock.advance(2 * minute);
    const { seen } = shownIn({ schedules });
    let minutes = 2;
    while (seen.size < 200 && minutes < 60) {
      minutes += 1;
      await fleet.clock.advance(minute);
    }
    expect(minutes).toBeLessThanOrEqual(11);
    expect(fleet.busiest()).toBeLessThanOrEqual(120);
    schedules.stop();
    await fleet.fleet.stop();
  });
});
