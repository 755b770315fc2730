import { expect, it } from 'vitest';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import { aRenewingFleet } from '../../tests/support/renewing-fleet.js';
import '../../tests/support/every-area.js';
import type { RemoteInput, RemoteUpdate } from '../../bridge/schema/remote.js';
import { FleetPeople } from '../people/fleet-people.js';
import { fleetPeople } from './fleet-people.js';

const minute = 60_000;
const sam = {
  uuid: 'of-sam',
  name: 'sam\u202e',
  email: 'sam@example.com',
  hasTwoFactor: true,
  permissions: ['control.start', 'websocket.connect'],
};
const anna = {
  uuid: 'of-anna',
  name: 'anna@example.com',
  email: 'anna@example.com',
  hasTwoFactor: false,
  permissions: ['file.read'],
};

async function rig(kind: 'person' | 'program' = 'person') {
  const panel = new FakePanel();
  panel.list = [
    aPanelServer('u0', { name: 'Zed' }),
    aPanelServer('u1', { name: 'Arena' }),
    aPanelServer('u2', { name: 'Closed', condition: 'suspended' }),
    aPanelServer('u3', { name: 'Foreign', isOwner: false, permissions: ['control.start'] }),
  ];
  panel.shared = [sam, anna];
  const fleet = aFleet(panel);
  const lists = new FleetPeople(fleet);
  lists.start();
  await fleet.live();
  const events: RemoteUpdate<'fleetPeople'>[] = [];
  let hangUp = (): void => undefined;
  const call = {
    client: { kind, name: 'Robot' },
    event: (event: RemoteUpdate<'fleetPeople'>) => void events.push(event),
    ended: new Promise<void>((resolve) => (hangUp = resolve)),
  };
  const ask = (fields: Partial<RemoteInput<'fleetPeople'>> = {}) =>
    fleetPeople(
      { ...fleet, fleetPeople: lists },
      { person: null, permission: null, withinMs: null, ...fields },
      call,
    );
  const shared = () => events.flatMap(({ server }) => (server === null ? [] : [server]));
  return { ...fleet, panel, lists, ask, events, shared, hangUp: () => hangUp() };
}

it('reads the lists of all servers, and says why some are unknown', async () => {
  const { clock, ask, shared, panel } = await rig();
  const answer = ask();
  await clock.advance(10_000);
  expect(await answer).toEqual({ servers: 4, unknown: 2 });
  expect(shared().map(({ server: { name }, people }) => [name, people?.map((one) => one.name)])).toEqual([
    ['Arena', ['sam', 'anna@example.com']],
    ['Closed', undefined],
    ['Foreign', undefined],
    ['Zed', ['sam', 'anna@example.com']],
  ]);
  const [arena, closed, foreign] = shared();
  expect(arena).toMatchObject({
    people: [
      { email: 'sam@example.com', hasTwoFactor: true, rights: 0 },
      { email: 'anna@example.com', hasTwoFactor: false, rights: 1 },
    ],
    rights: [['control.start'], ['file.read']],
    why: null,
  });
  expect(closed?.why).toMatch(/suspended/i);
  expect(foreign?.why).toContain('user.read');
  // The next call within five minutes has the same lists, without a request.
  const reads = panel.count('people u0');
  expect(await ask()).toEqual({ servers: 4, unknown: 2 });
  expect(panel.count('people u0')).toBe(reads);
});

it('reads a list again after a change, also if the list is new', async () => {
  const { clock, ask, shared, panel, lists } = await rig();
  const before = ask();
  await clock.advance(10_000);
  await before;
  panel.shared = [anna];
  lists.changedOnPanel('home/u1');
  const after = ask();
  await clock.advance(10_000);
  await after;
  const arena = shared().filter(({ server: { name } }) => name === 'Arena');
  expect(arena.map(({ people }) => people?.length)).toEqual([2, 1]);
});

it('ends in a fleet whose lists become old while others are read', async () => {
  const many = aRenewingFleet(200, 240, { isOwner: true });
  const lists = new FleetPeople(many);
  lists.start();
  await many.clock.advance(2 * minute);
  let answer: unknown = null;
  const call = {
    client: { kind: 'person', name: 'sam' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
  } as const;
  const wanted = { person: null, permission: null, withinMs: null };
  void fleetPeople({ ...many, fleetPeople: lists }, wanted, call).then((done) => (answer = done));
  await many.clock.advance(12 * minute);
  expect(answer).toEqual({ servers: 200, unknown: 0 });
  lists.stop();
  await many.fleet.stop();
});

it('gives a program no address, and finds nobody by an address', async () => {
  const { clock, ask, shared } = await rig('program');
  const answer = ask({ person: 'example.com' });
  await clock.advance(10_000);
  await answer;
  expect(shared().map(({ people }) => people)).toEqual([null, null]);
  await ask({ person: 'ANN' });
  const found = shared().flatMap(({ people }) => people ?? []);
  expect(found.map(({ name, email }) => [name, email])).toEqual([
    ['anna', null],
    ['anna', null],
  ]);
});

it('finds people by a permission', async () => {
  const { clock, ask, shared } = await rig();
  const answer = ask({ permission: 'file.read' });
  await clock.advance(10_000);
  await answer;
  expect(shared().flatMap(({ people }) => people?.map(({ email }) => email) ?? [])).toEqual([
    'anna@example.com',
    'anna@example.com',
  ]);
});

it('finds everybody by a permission that everybody has', async () => {
  const { clock, ask, shared } = await rig();
  const answer = ask({ permission: 'websocket.connect' });
  await clock.advance(10_000);
  await answer;
  expect(shared().map(({ people }) => people?.length)).toEqual([2, undefined, undefined, 2]);
});

it('tells its progress, ends after its time, and names refused and unread lists', async () => {
  const { clock, ask, shared, events, panel } = await rig();
  panel.problems.set('people', aProblem('panel-error'));
  const refused = ask();
  await clock.advance(10_000);
  expect(await refused).toEqual({ servers: 4, unknown: 4 });
  expect(shared()[0]?.why).toBe('Something went wrong: panel-error.');
  panel.problems.delete('people');
  panel.people = () => new Promise(() => undefined);
  await clock.advance(20 * minute);
  events.length = 0;
  const late = ask({ withinMs: 12_000 });
  await clock.advance(12_000);
  expect(await late).toEqual({ servers: 4, unknown: 4 });
  expect(events.filter(({ server }) => server === null)).toEqual([
    { read: 2, of: 4, server: null },
    { read: 2, of: 4, server: null },
  ]);
});

it('stops to read when the client has gone', async () => {
  const { clock, ask, panel, hangUp } = await rig();
  panel.people = () => new Promise(() => undefined);
  const answer = ask();
  await clock.advance(1000);
  hangUp();
  expect(await answer).toMatchObject({ unknown: 4 });
  panel.people = async () => Promise.reject(new Error('nobody looks'));
  const before = clock.now();
  await clock.advance(minute);
  expect(clock.now() - before).toBe(minute);
});

it('has a server of two accounts once', async () => {
  const { clock, ask, shared, fleet } = await rig();
  fleet.start([aRecord(), aRecord({ id: 'sub' })]);
  await clock.advance(5000);
  const answer = ask();
  await clock.advance(20_000);
  expect(await answer).toMatchObject({ servers: 4 });
  expect(shared()).toHaveLength(4);
});
