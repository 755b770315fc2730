import { expect, it, vi } from 'vitest';
import type { RemoteInput, RemoteUpdate } from '../../bridge/schema/remote.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { anEntry } from '../../tests/support/activity-entries.js';
import '../../tests/support/every-area.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import { anEvent } from '../../tests/support/history-events.js';
import { FleetActivity } from '../events/fleet-activity.js';
import { fleetActivity } from './fleet-activity.js';
import { recentEvents } from './recent-events.js';

const minute = 60_000;
const nobody = { kind: null, by: null, since: null, until: null };

async function rig(kind: 'person' | 'program' = 'person') {
  const panel = new FakePanel();
  panel.list = [
    aPanelServer('u0', { name: 'Zed' }),
    aPanelServer('u1', { name: 'Are\u202ena' }),
    aPanelServer('u2', { name: 'Foreign', isOwner: false, permissions: ['control.start'] }),
  ];
  const fleet = aFleet(panel);
  const lists = new FleetActivity(fleet);
  lists.start();
  await fleet.live();
  const updates: unknown[] = [];
  let hangUp = (): void => undefined;
  const call = {
    client: { kind, name: 'Robot' },
    isEnded: false,
    ended: new Promise<void>((resolve) => (hangUp = resolve)),
  };
  const deps = { ...fleet, fleetActivity: lists };
  const ask = (fields: Partial<RemoteInput<'fleetActivity'>> = {}) =>
    fleetActivity(
      deps,
      { limit: 50, ...nobody, withinMs: null, ...fields },
      { ...call, event: (update) => void updates.push(update) },
    );
  const events = (
    recent: readonly HistoryEvent[],
    fields: Partial<RemoteInput<'events'>> = {},
    told: RemoteUpdate<'events'>[] = [],
  ) =>
    recentEvents(
      {
        ...deps,
        log: { recent, listen: () => () => undefined },
        past: { events: () => Promise.resolve({ events: [], isEnd: true }) },
      },
      { name: null, limit: 50, follow: false, others: true, ...fields },
      { ...call, event: (update) => void told.push(update) },
    ).then(() => told);
  return { ...fleet, panel, lists, ask, events, updates, hangUp: () => hangUp() };
}

it('reads the activity of all servers, oldest first, and says which are unknown', async () => {
  const { clock, ask, panel } = await rig();
  panel.log = [anEntry({ at: 3 }), anEntry({ at: 1, by: 'bob', isApi: true, ip: '203.0.113.7' })];
  const answer = ask();
  await clock.advance(10_000);
  const { entries, servers, unknown, cut } = await answer;
  expect(entries.map(({ at, by, ip, server }) => [at, by, ip, server.name])).toEqual([
    [1, 'bob', '203.0.113.7', 'Arena'],
    [1, 'bob', '203.0.113.7', 'Zed'],
    [3, 'anna', null, 'Arena'],
    [3, 'anna', null, 'Zed'],
  ]);
  expect([servers, cut]).toEqual([3, 0]);
  expect(unknown.map(({ server, why }) => [server.name, why])).toEqual([
    ['Foreign', expect.stringContaining('activity.read')],
  ]);
});

it('filters by kind, person and time, and says how many servers have more', async () => {
  const { clock, ask, panel } = await rig();
  panel.log = Array.from({ length: 150 }, (_, at) =>
    anEntry({
      at: 1000 - at,
      by: at % 2 === 0 ? 'anna' : 'Bob',
      event: at < 4 ? 'server:power.stop' : 'server:reinstall',
    }),
  );
  const first = ask({ limit: 0 });
  await clock.advance(10_000);
  expect(await first).toMatchObject({ entries: [], cut: 0 });
  const times = async (fields: Partial<RemoteInput<'fleetActivity'>>) => {
    const { entries, cut } = await ask(fields);
    return [[...new Set(entries.map(({ at }) => at))], cut];
  };
  expect(await times({ kind: 'power' })).toEqual([[997, 998, 999, 1000], 2]);
  expect(await times({ kind: 'power', by: 'bob', since: 998 })).toEqual([[999], 0]);
  expect(await times({ limit: 2, until: 990 })).toEqual([[990], 0]);
});

it('gives a program neither addresses nor secrets', async () => {
  const { clock, ask, events, panel } = await rig('program');
  panel.log = [
    anEntry({
      by: 'sam@example.com',
      ip: '203.0.113.7',
      event: 'server:console.command',
      properties: { command: 'login hunter2hunter2' },
    }),
  ];
  const answer = ask();
  await clock.advance(10_000);
  const text = JSON.stringify([await answer, await events([])]);
  expect(text).toContain('"sam"');
  expect(text).not.toMatch(/hunter2|sam@|203\.0/);
});

it('tells how far it is, and ends after its time, or with its client', async () => {
  const { clock, ask, updates, panel, hangUp, lists } = await rig();
  const unpacked = vi.spyOn(lists, 'of');
  panel.activityPage = () => new Promise(() => undefined);
  const late = ask({ withinMs: 12_000 });
  await clock.advance(11_000);
  expect([updates.length, unpacked.mock.calls]).toEqual([2, []]);
  await clock.advance(1000);
  expect((await late).unknown).toHaveLength(3);
  expect(updates).toEqual(Array(2).fill({ read: 1, of: 3 }));
  const next = ask();
  await clock.advance(1000);
  hangUp();
  expect(await next).toMatchObject({ entries: [] });
});

it('says why a panel refuses', async () => {
  const { clock, ask, panel } = await rig();
  panel.problems.set('activityPage', aProblem('panel-error'));
  const answer = ask();
  await clock.advance(10_000);
  expect((await answer).unknown[0]?.why).toBe('Something went wrong: panel-error.');
});

it('has a server of two accounts once', async () => {
  const { clock, ask, fleet, panel } = await rig();
  panel.log = [anEntry()];
  fleet.start([aRecord(), aRecord({ id: 'sub' })]);
  await clock.advance(5000);
  const answer = ask();
  await clock.advance(20_000);
  expect(await answer).toMatchObject({ servers: 3, entries: [{}, {}] });
});

it('puts the actions of others between the events, each act once', async () => {
  const { clock, events, panel } = await rig();
  panel.log = [
    anEntry({ at: 40 * minute, event: 'server:power.stop' }),
    anEntry({ at: 20 * minute, by: 'bob' }),
    anEntry({ at: minute, by: 'olive', isApi: true }),
  ];
  const seen = [
    anEvent({ id: '1', at: 10 * minute, serverId: 'home/u0', server: 'Zed' }),
    anEvent({
      id: '2',
      at: 40 * minute,
      serverId: 'home/u0',
      server: 'Zed',
      what: { kind: 'stopped', by: { kind: 'unknown' }, isKill: false },
    }),
  ];
  const answer = events(seen);
  await clock.advance(10_000);
  const shown = (await answer).flatMap((update) => update.events);
  expect(shown.map(({ title, detail }) => [title, detail])).toEqual([
    ['Zed crashed', expect.any(String)],
    ['Zed: Renamed the server from Lobby to Hub', 'bob, from the panel’s activity'],
    ['Arena: Renamed the server from Lobby to Hub', 'bob, from the panel’s activity'],
    ['Zed was stopped', 'Stopped by anna.'],
    ['Arena: Stopped the server', 'anna, from the panel’s activity'],
  ]);
  const few = (await events(seen, { name: 'Zed', limit: 2 })).flatMap((update) => update.events);
  expect(few.map(({ title }) => title)).toEqual([
    'Zed: Renamed the server from Lobby to Hub',
    'Zed was stopped',
  ]);
  expect((await events(seen, { limit: 0 })).flatMap((update) => update.events)).toEqual([]);
});

it('looks only at the server that changed while it follows all', async () => {
  const { clock, events, panel, lists, hangUp } = await rig();
  const told: RemoteUpdate<'events'>[] = [];
  const over = events([], { follow: true }, told);
  await clock.advance(10_000);
  const [unpacked, before] = [vi.spyOn(lists, 'of'), panel.count('activityPage')];
  panel.log = [anEntry({ id: 'new', at: clock.wall() })];
  await clock.advance(5 * minute);
  const lines = told.flatMap((update) => update.events).map(({ id }) => id);
  expect(new Set(lines)).toEqual(new Set(['other home/u0 new', 'other home/u1 new']));
  const reads = panel.count('activityPage') - before;
  expect([reads > 2, unpacked.mock.calls.length]).toEqual([true, reads]);
  hangUp();
  await over;
});

it('follows the acts of others, and reports each act once', async () => {
  const { clock, events, panel, hangUp } = await rig();
  const told: RemoteUpdate<'events'>[] = [];
  const now = clock.wall();
  const old = anEntry({ id: 'old', at: now - 30 * minute });
  panel.log = [old];
  const over = events([], { name: 'Zed', follow: true, limit: 0 }, told);
  await clock.advance(10_000);
  const lines = () => told.flatMap((update) => update.events).map(({ id }) => id);
  // The clock of this node is 10 minutes behind.
  const late = anEntry({ id: 'late', at: now - 10 * minute });
  panel.log = [late, old];
  await clock.advance(5 * minute);
  expect(lines()).toEqual(['other home/u0 late']);
  panel.log = [anEntry({ id: 'new', at: now - 9 * minute }), late, old];
  await clock.advance(10 * minute);
  expect(lines()).toEqual(['other home/u0 late', 'other home/u0 new']);
  hangUp();
  await over;
});

it('reports of a formerly unreadable list only acts that are new by the clock, and then by ids', async () => {
  const { clock, events, panel, hangUp } = await rig();
  const told: RemoteUpdate<'events'>[] = [];
  panel.problems.set('activityPage', aProblem('timeout'));
  const over = events([], { name: 'Zed', follow: true, limit: 0 }, told);
  await clock.advance(10_000);
  panel.problems.delete('activityPage');
  const now = clock.wall();
  const first = [anEntry({ id: 'fresh', at: now }), anEntry({ id: 'old', at: now - 10 * minute })];
  panel.log = first;
  await clock.advance(20 * minute);
  panel.log = [anEntry({ id: 'late', at: now - 5 * minute }), ...first];
  await clock.advance(20 * minute);
  const lines = told.flatMap((update) => update.events).map(({ id }) => id);
  expect(lines).toEqual(['other home/u0 fresh', 'other home/u0 late']);
  hangUp();
  await over;
});
