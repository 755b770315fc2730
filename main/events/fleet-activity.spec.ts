import { describe, expect, it } from 'vitest';
import type { ServerActivity } from '../../bridge/schema/fleet-activity.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { anEntry } from '../../tests/support/activity-entries.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import { aMissingRoute } from '../../tests/support/missing-route.js';
import { aRenewingFleet } from '../../tests/support/renewing-fleet.js';
import { FleetActivity } from './fleet-activity.js';

const minute = 60_000;
const hour = 60 * minute;

async function rig(servers = [aPanelServer('u0')]) {
  const panel = new FakePanel();
  panel.list = servers;
  panel.log = [anEntry({ id: 'b', at: 2 }), anEntry({ id: 'a', at: 1, by: 'bob' })];
  const fleet = aFleet(panel);
  const activity = new FleetActivity(fleet);
  activity.start();
  await fleet.live();
  const reads = (identifier = 'u0'): number => panel.count(`activityPage ${identifier} 1`);
  return { ...fleet, panel, activity, reads };
}

type Told = Omit<ServerActivity, 'problem'> & { readonly problem: { readonly code: string } | null };

/** A window that shows what others did on these servers; null = on all. */
function shownIn(
  { activity }: Pick<Awaited<ReturnType<typeof rig>>, 'activity'>,
  serverIds: string[] | null = null,
) {
  const seen = new Map<string, Told>();
  const take = (changed: readonly Told[]): void => changed.forEach((one) => void seen.set(one.serverId, one));
  const close = activity.source({ serverIds }, { snapshot: take, change: take }, { webContentsId: 1 });
  const lines = (id = 'home/u0') => seen.get(id)?.entries?.map((entry) => entry.id);
  return { seen, lines, close };
}

describe('the reads', () => {
  it('do not come while nobody looks', async () => {
    const { clock, reads } = await rig();
    await clock.advance(10 * hour);
    expect(reads()).toBe(0);
  });

  it('come while a window looks, and end with it', async () => {
    const all = await rig();
    const { seen, lines, close } = shownIn(all);
    await all.clock.advance(5000);
    expect(lines()).toEqual(['b', 'a']);
    expect(seen.get('home/u0')).toMatchObject({ since: null, problem: null });
    await all.clock.advance(6 * minute);
    expect(all.reads()).toBe(4);
    close();
    await all.clock.advance(10 * hour);
    expect(all.reads()).toBe(4);
  });

  it('are of a named server too that the panel lists after the window began to look', async () => {
    const all = await rig();
    const { lines, close } = shownIn(all, ['home/u1']);
    await all.clock.advance(5000);
    expect([all.reads('u0'), all.reads('u1')]).toEqual([0, 0]);
    all.panel.list = [aPanelServer('u0'), aPanelServer('u1')];
    await all.fleet.retryAccount('home');
    await all.clock.advance(5000);
    expect([all.reads('u0'), all.reads('u1')]).toEqual([0, 1]);
    expect(lines('home/u1')).toEqual(['b', 'a']);
    close();
  });

  it('are of the servers that the filter shows, in whichever account reads them', async () => {
    const all = await rig([aPanelServer('u0'), aPanelServer('u1')]);
    all.fleet.start([aRecord(), aRecord({ id: 'work' })]);
    await all.clock.advance(5000);
    const { seen, close } = shownIn(all, ['work/u1']);
    await all.clock.advance(minute);
    expect([all.reads('u0'), all.reads('u1')]).toEqual([0, 1]);
    expect([...seen.keys()]).toEqual(['home/u1']);
    close();
    const other = shownIn(all, ['home/u0']);
    await all.clock.advance(minute);
    expect([all.reads('u0'), all.reads('u1')]).toEqual([1, 1]);
    expect([...other.seen.keys()]).toEqual(['home/u0']);
  });

  it('come again for a window that opens later only if the list is old', async () => {
    const all = await rig();
    const first = shownIn(all);
    await all.clock.advance(5000);
    first.close();
    const second = shownIn(all);
    expect(second.lines()).toEqual(['b', 'a']);
    await all.clock.advance(20_000);
    expect(all.reads()).toBe(1);
    second.close();
    await all.clock.advance(2 * minute);
    shownIn(all);
    await all.clock.advance(5000);
    expect(all.reads()).toBe(2);
  });

  it.each([
    ['the key may not read the activity', { isOwner: false, permissions: ['control.start'] }],
    ['the server is suspended', { condition: 'suspended' as const }],
  ])('do not come where %s', async (_why, fields) => {
    const all = await rig([aPanelServer('u0', fields), aPanelServer('u1')]);
    const { seen } = shownIn(all);
    await all.clock.advance(hour);
    expect(all.reads()).toBe(0);
    expect([...seen.keys()]).toEqual(['home/u1']);
  });
});

it('gives windows no act of Perch and of the keys of the user', async () => {
  const all = await rig();
  const { username = '' } = all.store.state.accounts.get('home')?.user ?? {};
  expect(username).not.toBe('');
  all.panel.log = [
    anEntry({ id: 'own', by: username, isApi: true }),
    anEntry({ id: 'at the panel', by: username }),
    anEntry({ id: 'read', event: 'server:file.read' }),
    anEntry({ id: 'program', isApi: true }),
  ];
  const { lines } = shownIn(all);
  await all.clock.advance(5000);
  expect(lines()).toEqual(['at the panel', 'program']);
  // The command line has them all.
  expect(all.activity.of('home/u0')?.entries).toHaveLength(4);
});

it('gives windows fewer lines of each server in a large fleet, and says back to when they go', async () => {
  const many = Array.from({ length: 600 }, (_, at) => aPanelServer(`u${at}`));
  const all = await rig(many);
  all.panel.log = Array.from({ length: 60 }, (_, at) => anEntry({ at: 1000 - at }));
  const { seen } = shownIn(all);
  for (let minutes = 0; seen.size === 0 && minutes < 60; minutes += 1) await all.clock.advance(minute);
  const [told] = seen.values();
  expect(told?.entries).toHaveLength(41);
  expect(told?.since).toBe(960);
  // The command line has them all.
  const [id = ''] = seen.keys();
  expect(all.activity.of(id)).toMatchObject({ entries: { length: 60 }, since: null });
});

it('says why a list is missing, and keeps the known list', async () => {
  const all = await rig();
  const { seen, lines } = shownIn(all);
  await all.clock.advance(5000);
  all.panel.problems.set('activityPage', aProblem('panel-error'));
  await all.clock.advance(3 * minute);
  expect(lines()).toEqual(['b', 'a']);
  expect(seen.get('home/u0')?.problem).toMatchObject({ code: 'panel-error' });
});

it('asks a panel without such a call once, and says so of each server', async () => {
  const all = await rig([aPanelServer('u0'), aPanelServer('u1'), aPanelServer('u2')]);
  all.panel.problems.set(
    'activityPage',
    await aMissingRoute((client) => client.activityPage('u0', { page: 1 })),
  );
  const { seen } = shownIn(all);
  await all.clock.advance(9 * minute);
  expect(all.panel.asked.filter((asked) => asked.startsWith('activityPage'))).toHaveLength(1);
  expect([...seen.values()].map(({ problem }) => problem?.code)).toEqual(Array(3).fill('protocol'));
});

it('asks that panel again if the user wants it', async () => {
  const all = await rig([aPanelServer('u0'), aPanelServer('u1'), aPanelServer('u2')]);
  all.panel.problems.set(
    'activityPage',
    await aMissingRoute((client) => client.activityPage('u0', { page: 1 })),
  );
  const { seen } = shownIn(all);
  await all.clock.advance(5000);
  all.panel.problems.clear();
  all.activity.retry();
  expect([...seen.values()].map(({ problem }) => problem)).toEqual(Array(3).fill(null));
  await all.clock.advance(15_000);
  expect([...seen.values()].map(({ entries }) => entries?.length)).toEqual(Array(3).fill(2));
});

it('does not ask again within ten minutes for a list that the panel has forbidden', async () => {
  const all = await rig([aPanelServer('u0'), aPanelServer('u1')]);
  all.panel.problems.set('activityPage u1 1', aProblem('forbidden'));
  const first = shownIn(all);
  await all.clock.advance(10_000);
  first.close();
  // The lists are no longer in memory, but the refusal is.
  await all.clock.advance(9 * minute);
  const second = shownIn(all);
  expect([...second.seen]).toMatchObject([['home/u1', { entries: null, problem: { code: 'forbidden' } }]]);
  await all.clock.advance(10_000);
  expect([all.reads('u0'), all.reads('u1')]).toEqual([2, 1]);
  second.close();
  await all.clock.advance(2 * minute);
  const third = shownIn(all);
  await all.clock.advance(10_000);
  expect([all.reads('u0'), all.reads('u1')]).toEqual([3, 2]);
  all.panel.problems.clear();
  all.activity.retry();
  await all.clock.advance(5000);
  expect([all.reads('u0'), all.reads('u1')]).toEqual([3, 3]);
  expect(third.lines('home/u1')).toEqual(['b', 'a']);
});

it('keeps no list for long that nobody looks at', async () => {
  const all = await rig();
  const { close } = shownIn(all);
  await all.clock.advance(5000);
  close();
  await all.clock.advance(4 * minute);
  expect(all.activity.of('home/u0')).not.toBeNull();
  await all.clock.advance(2 * minute);
  expect(all.activity.of('home/u0')).toBeNull();
  const { lines } = shownIn(all);
  await all.clock.advance(5000);
  expect(lines()).toEqual(['b', 'a']);
});

it('forgets a removed server, and informs windows', async () => {
  const all = await rig([aPanelServer('u0'), aPanelServer('u1')]);
  const { seen, lines } = shownIn(all);
  await all.clock.advance(10_000);
  expect(lines('home/u1')).toHaveLength(2);
  all.panel.list = [aPanelServer('u0')];
  await all.clock.advance(hour);
  expect(seen.get('home/u1')).toMatchObject({ entries: null, problem: null });
  expect(all.activity.of('home/u1')).toBeNull();
});

it.each([
  [40, 240, 2],
  [200, 240, 9],
  [500, 240, 36],
])(
  'reads %i servers at %i calls a minute within %i minutes, below half of the limit, and no session lapses',
  async (servers, limit, most) => {
    const fleet = aRenewingFleet(servers, limit, { isOwner: true });
    const activity = new FleetActivity(fleet);
    activity.start();
    await fleet.clock.advance(2 * minute);
    const { seen } = shownIn({ activity });
    let minutes = 0;
    while (seen.size < servers && minutes < 60) {
      minutes += 1;
      await fleet.clock.advance(minute);
    }
    expect(minutes).toBeLessThanOrEqual(most);
    expect(fleet.busiest()).toBeLessThanOrEqual(limit / 2);
    expect(fleet.sessions.filter(({ lapses }) => lapses > 0)).toEqual([]);
    activity.stop();
    await fleet.fleet.stop();
  },
);
