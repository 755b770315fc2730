import { describe, expect, it } from 'vitest';
import type { ServerPeople } from '../../bridge/schema/fleet-people.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import { aRenewingFleet } from '../../tests/support/renewing-fleet.js';
import { FleetPeople } from './fleet-people.js';

const minute = 60_000;
const hour = 60 * minute;

async function rig(servers = [aPanelServer('u0')]) {
  const panel = new FakePanel();
  panel.list = servers;
  const sam = { uuid: 'of-sam', name: 'sam', email: 'sam@example.com', hasTwoFactor: true };
  panel.shared = [{ ...sam, permissions: ['control.start', 'websocket.connect'] }];
  const fleet = aFleet(panel);
  const people = new FleetPeople(fleet);
  people.start();
  await fleet.live();
  const reads = (identifier = 'u0'): number => panel.count(`people ${identifier}`);
  return { ...fleet, panel, people, reads };
}

type Told = Omit<ServerPeople, 'problem'> & { readonly problem: { readonly code: string } | null };

/** A window that shows the people of the fleet. */
function shownIn({ people }: Pick<Awaited<ReturnType<typeof rig>>, 'people'>) {
  const seen = new Map<string, Told>();
  const take = (changed: readonly Told[]): void => changed.forEach((one) => void seen.set(one.serverId, one));
  const close = people.source(undefined, { snapshot: take, change: take }, { webContentsId: 1 });
  return { seen, close };
}

describe('the reads', () => {
  it('do not come while no window shows the people', async () => {
    const { clock, people, reads } = await rig();
    people.changedOnPanel('home/u0');
    await clock.advance(10 * hour);
    expect(reads()).toBe(0);
  });

  it('come while a window shows the people, every ten minutes, and end with it', async () => {
    const all = await rig();
    const { seen, close } = shownIn(all);
    await all.clock.advance(5000);
    expect(seen.get('home/u0')).toMatchObject({
      people: [{ name: 'sam', hasTwoFactor: true, rights: 0 }],
      rights: [['control.start']],
      leftOut: 0,
      problem: null,
    });
    await all.clock.advance(21 * minute);
    expect(all.reads()).toBe(3);
    close();
    await all.clock.advance(10 * hour);
    expect(all.reads()).toBe(3);
  });

  it('come again for a window that opens later only if the list is old', async () => {
    const all = await rig();
    shownIn(all).close();
    const first = shownIn(all);
    await all.clock.advance(5000);
    first.close();
    await all.clock.advance(2 * minute);
    const second = shownIn(all);
    expect(second.seen.get('home/u0')?.people).toHaveLength(1);
    await all.clock.advance(5000);
    expect(all.reads()).toBe(1);
    second.close();
    await all.clock.advance(6 * minute);
    shownIn(all);
    await all.clock.advance(5000);
    expect(all.reads()).toBe(2);
  });

  it('begin with a list that was only refused so far', async () => {
    const all = await rig([aPanelServer('u0'), aPanelServer('u1')]);
    all.panel.problems.set('people u1', aProblem('panel-error'));
    const { close } = shownIn(all);
    await all.clock.advance(5000);
    close();
    await all.clock.advance(6 * minute);
    all.panel.asked.length = 0;
    shownIn(all);
    await all.clock.advance(5000);
    const reads = all.panel.asked.filter((asked) => asked.startsWith('people '));
    expect(reads).toEqual(['people u1', 'people u0']);
  });

  it('come at once after a change that Perch made', async () => {
    const all = await rig();
    const { seen } = shownIn(all);
    await all.clock.advance(5000);
    all.panel.shared = [];
    all.people.changedOnPanel('home/u0');
    await all.clock.advance(5000);
    expect(seen.get('home/u0')?.people).toEqual([]);
  });

  it('come again for a window that opens after a change', async () => {
    const all = await rig();
    const first = shownIn(all);
    await all.clock.advance(5000);
    first.close();
    all.panel.shared = [];
    all.people.changedOnPanel('home/u0');
    const { seen } = shownIn(all);
    await all.clock.advance(5000);
    expect(seen.get('home/u0')?.people).toEqual([]);
  });

  it('come again where another account made the change', async () => {
    const all = await rig();
    all.fleet.start([aRecord(), aRecord({ id: 'work' })]);
    await all.clock.advance(5000);
    const { seen } = shownIn(all);
    await all.clock.advance(5000);
    all.panel.shared = [];
    all.people.changedOnPanel('work/u0');
    await all.clock.advance(5000);
    expect(seen.get('home/u0')?.people).toEqual([]);
  });

  it.each([
    ['the key may not see the people', { isOwner: false, permissions: ['control.start'] }],
    ['the server is suspended', { condition: 'suspended' as const }],
  ])('do not come where %s', async (_why, fields) => {
    const all = await rig([aPanelServer('u0', fields), aPanelServer('u1')]);
    const { seen } = shownIn(all);
    await all.clock.advance(hour);
    expect(all.reads()).toBe(0);
    expect([...seen.keys()]).toEqual(['home/u1']);
  });
});

describe('a list that the panel has forbidden', () => {
  it('is not asked for again by a window that opens within ten minutes', async () => {
    const all = await rig([aPanelServer('u0'), aPanelServer('u1')]);
    all.panel.problems.set('people u1', aProblem('forbidden'));
    const first = shownIn(all);
    await all.clock.advance(10_000);
    expect([all.reads('u0'), all.reads('u1')]).toEqual([1, 1]);
    first.close();
    await all.clock.advance(9 * minute);
    const second = shownIn(all);
    await all.clock.advance(10_000);
    expect([all.reads('u0'), all.reads('u1')]).toEqual([2, 1]);
    expect(second.seen.get('home/u1')).toMatchObject({ people: null, problem: { code: 'forbidden' } });
    second.close();
    await all.clock.advance(2 * minute);
    shownIn(all);
    await all.clock.advance(10_000);
    expect([all.reads('u0'), all.reads('u1')]).toEqual([2, 2]);
  });

  it('is not awaited by a command meanwhile', async () => {
    const all = await rig();
    all.panel.problems.set('people', aProblem('forbidden'));
    const { close } = shownIn(all);
    const server = all.store.state.servers.get('home/u0');
    if (server === undefined) throw new Error('no server');
    const isAwaited = (): boolean => all.people.isAwaited(server, all.clock.now());
    expect(isAwaited()).toBe(true);
    await all.clock.advance(5000);
    close();
    await all.clock.advance(9 * minute);
    expect(isAwaited()).toBe(false);
    await all.clock.advance(minute);
    expect(isAwaited()).toBe(true);
  });

  it('is asked for at once if the user wants it, and counts as not read until the answer', async () => {
    const all = await rig([aPanelServer('u0'), aPanelServer('u1')]);
    all.panel.problems.set('people u1', aProblem('forbidden'));
    const { seen } = shownIn(all);
    await all.clock.advance(10_000);
    all.panel.problems.delete('people u1');
    all.people.retry();
    expect(seen.get('home/u1')).toMatchObject({ people: null, problem: null });
    await all.clock.advance(5000);
    expect(seen.get('home/u1')).toMatchObject({ people: [{ name: 'sam' }], problem: null });
    expect([all.reads('u0'), all.reads('u1')]).toEqual([1, 2]);
  });

  it('is asked for at once after a change that Perch made', async () => {
    const all = await rig();
    all.panel.problems.set('people', aProblem('forbidden'));
    shownIn(all);
    await all.clock.advance(5000);
    all.people.changedOnPanel('home/u0');
    await all.clock.advance(5000);
    expect(all.reads()).toBe(2);
  });
});

it('says why a list is missing or old, and keeps what it knew', async () => {
  const all = await rig();
  all.panel.problems.set('people', aProblem('panel-error'));
  const { seen, close } = shownIn(all);
  await all.clock.advance(5000);
  expect(seen.get('home/u0')).toMatchObject({ people: null, readAt: null, problem: { code: 'panel-error' } });
  close();
  all.panel.problems.delete('people');
  await all.clock.advance(6 * minute);
  const next = shownIn(all);
  await all.clock.advance(5000);
  const told = next.seen.get('home/u0');
  expect(told).toMatchObject({ people: [{ name: 'sam' }], problem: null });
  all.panel.problems.set('people', aProblem('panel-error'));
  await all.clock.advance(11 * minute);
  expect(next.seen.get('home/u0')).toMatchObject({
    people: [{ name: 'sam' }],
    readAt: told?.readAt,
    problem: { code: 'panel-error' },
  });
});

it('forgets a removed server, and informs windows', async () => {
  const all = await rig([aPanelServer('u0'), aPanelServer('u1')]);
  const { seen } = shownIn(all);
  await all.clock.advance(10_000);
  expect(seen.get('home/u1')?.people).toHaveLength(1);
  all.panel.list = [aPanelServer('u0')];
  await all.clock.advance(hour);
  expect(seen.get('home/u1')).toMatchObject({ people: null, problem: null });
  expect(shownIn(all).seen.has('home/u1')).toBe(false);
});

it.each([
  [200, 240, 9],
  [200, 720, 5],
  // Their sessions and polls could use every call.
  [500, 240, 36],
])(
  'reads %i servers at %i calls a minute within %i minutes, below half of the limit, and no session lapses',
  async (servers, limit, most) => {
    const fleet = aRenewingFleet(servers, limit, { isOwner: true });
    const people = new FleetPeople(fleet);
    people.start();
    await fleet.clock.advance(2 * minute);
    const { seen } = shownIn({ people });
    let minutes = 2;
    while (seen.size < servers && minutes < 60) {
      minutes += 1;
      await fleet.clock.advance(minute);
    }
    expect(minutes).toBeLessThanOrEqual(most);
    expect(fleet.busiest()).toBeLessThanOrEqual(limit / 2);
    expect(fleet.sessions.filter(({ lapses }) => lapses > 0)).toEqual([]);
    people.stop();
    await fleet.fleet.stop();
  },
);
