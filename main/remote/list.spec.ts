import { describe, expect, it, vi } from 'vitest';
import type { PowerState, Server, Usage } from '../../bridge/schema/domain.js';
import type { RemoteServer } from '../../bridge/schema/remote-entities.js';
import type { RemoteUpdate } from '../../bridge/schema/remote.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { serverStatus } from './list.js';
import { shownServer } from './shown-server.js';

const shown = (fields: Partial<Server>): RemoteServer =>
  shownServer(aServer(fields), { store: new FleetStore(), clock: new FakeClock() });

it('a change is sent, but not the mere passing of time', async () => {
  const store = new FleetStore();
  const clock = new FakeClock();
  const usage = { at: 0, cpuPercent: 5, memoryBytes: 100, memoryLimitBytes: null, diskBytes: 7 };
  const rates = { networkRxBytes: 0, networkTxBytes: 0 };
  const run = async (fields: Partial<Usage>): Promise<void> => {
    const all = { ...usage, ...rates, uptimeMs: 1000, ...fields };
    store.apply([{ kind: 'server-upserted', server: aServer({ power: 'running', usage: all }) }]);
    await clock.advance(500);
  };
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  await run({});
  const told: RemoteUpdate<'status'>[] = [];
  let end = (): void => undefined;
  const over = serverStatus(
    { store, clock },
    { names: [], watch: true },
    {
      client: { kind: 'person', name: 'perch' },
      event: (event, done = () => undefined) => (told.push(event), done()),
      ended: new Promise<void>((resolve) => (end = resolve)),
      isEnded: false,
    },
  );
  await vi.waitFor(() => expect(told).toHaveLength(1));
  for (let second = 2; second < 60; second++) await run({ uptimeMs: second * 1000 });
  expect(told).toHaveLength(1);
  await run({ uptimeMs: 60_000, cpuPercent: 6 });
  expect(told[1]?.servers[0]?.usage).toMatchObject({ cpuPercent: 6, uptimeMs: 60_000 });
  await run({ uptimeMs: 0 });
  expect(told).toHaveLength(3);
  end();
  await over;
});

it('the memory limit is that of the panel, running or not, as in the windows', () => {
  const mib = 1_048_576;
  const limits = { cpuPercent: null, memoryBytes: 256 * mib, diskBytes: null };
  const usage = {
    at: 0,
    cpuPercent: 5,
    memoryBytes: 100,
    diskBytes: 7,
    uptimeMs: 1,
    networkRxBytes: 0,
    networkTxBytes: 0,
  };
  const seen = [281 * mib, 256 * mib, null].map((memoryLimitBytes) =>
    shown({ limits, usage: { ...usage, memoryLimitBytes } }),
  );
  expect(seen.map((server) => server.usage?.memoryLimitBytes)).toEqual([256 * mib, 256 * mib, 256 * mib]);
});

it('a slow client gets only the newest list, once it reads again', async () => {
  const store = new FleetStore();
  const clock = new FakeClock();
  const become = async (power: PowerState): Promise<void> => {
    store.apply([{ kind: 'server-upserted', server: aServer({ power }) }]);
    await clock.advance(500);
  };
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  await become('running');
  const told: RemoteUpdate<'status'>[] = [];
  const written: (() => void)[] = [];
  let end = (): void => undefined;
  const over = serverStatus(
    { store, clock },
    { names: [], watch: true },
    {
      client: { kind: 'person', name: 'perch' },
      event: (event, done = () => undefined) => void (told.push(event), written.push(done)),
      ended: new Promise<void>((resolve) => (end = resolve)),
      isEnded: false,
    },
  );
  const states = (): string[] => told.map(({ servers }) => servers[0]?.state ?? '');
  await vi.waitFor(() => expect(states()).toEqual(['running']));
  await become('stopping');
  await become('offline');
  await become('starting');
  expect(states()).toEqual(['running']);
  written.shift()?.();
  expect(states()).toEqual(['running', 'starting']);
  written.shift()?.();
  await become('running');
  expect(states()).toEqual(['running', 'starting', 'running']);
  end();
  await over;
  expect(clock.pending).toBe(0);
});

function watched(names: string[] = []) {
  const store = new FleetStore();
  const clock = new FakeClock();
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  const put = (power: PowerState): void =>
    store.apply([{ kind: 'server-upserted', server: aServer({ power }) }]);
  put('running');
  const told: RemoteUpdate<'status'>[] = [];
  let end = (): void => undefined;
  const over = serverStatus(
    { store, clock },
    { names, watch: true },
    {
      client: { kind: 'person', name: 'perch' },
      event: (event, done = () => undefined) => (told.push(event), done()),
      ended: new Promise<void>((resolve) => (end = resolve)),
      isEnded: false,
    },
  );
  return { store, clock, put, told, end: () => end(), over };
}

it('a change reaches the client within half a second, however many follow', async () => {
  const { clock, put, told } = watched();
  await clock.advance(0);
  put('stopping');
  await clock.advance(400);
  put('offline');
  await clock.advance(99);
  expect(told).toHaveLength(1);
  await clock.advance(1);
  expect(told[1]?.servers[0]?.state).toBe('offline');
});

it('an unchanged list is not sent again', async () => {
  const { clock, put, told } = watched();
  await clock.advance(0);
  put('running');
  await clock.advance(500);
  expect(told).toHaveLength(1);
});

it('the number of players has its source and age, and is sent again as it grows old', async () => {
  const { store, clock, told, end, over } = watched();
  await clock.advance(0);
  const tell = (source: 'query' | 'console'): void =>
    store.apply([
      {
        kind: 'server-patched',
        serverId: aServer().id,
        patch: { players: { count: 12, slots: 40, source, seenAt: clock.now() - 4000 } },
      },
    ]);
  const ages = (): unknown[] => told.map(({ servers }) => servers[0]?.players?.ageMs ?? null);
  tell('query');
  await clock.advance(500);
  expect(told.at(-1)?.servers[0]?.players).toEqual({ count: 12, slots: 40, source: 'query', ageMs: 4500 });
  await clock.advance(30_000);
  expect(ages()).toEqual([null, 4500, 19_500, 34_500]);
  // A number of the console stays current.
  tell('console');
  await clock.advance(90_000);
  expect(told).toHaveLength(5);
  expect(told.at(-1)?.servers[0]?.players).toMatchObject({ source: 'console' });
  end();
  await over;
  expect(clock.pending).toBe(0);
});

it('a server that is removed while a client watches it is gone for the client, without an error', async () => {
  const { store, clock, told, end, over } = watched(['Survival']);
  await clock.advance(0);
  expect(told.map(({ servers }) => servers.length)).toEqual([1]);
  store.apply([{ kind: 'server-removed', serverId: aServer().id }]);
  await clock.advance(500);
  expect(told.map(({ servers }) => servers.length)).toEqual([1, 0]);
  end();
  expect(await over).toEqual({ servers: [] });
});

it('the newest good backup is known, known to be none, or left out', () => {
  const of = (fields: Partial<Server>): unknown => shown(fields).lastBackup;
  expect(of({ lastBackup: { id: 'b', at: 5, bytes: 7, everyMs: 9 } })).toEqual({ at: 5, bytes: 7 });
  expect(of({ lastBackup: null })).toBeNull();
  expect(of({})).toBeUndefined();
});

describe('the status of named servers', () => {
  const described = aServer({
    description: 'Ask Olive\u202e\npassword=hunter2hunter2',
    internalId: 7,
    egg: 'Paper',
    features: ['eula'],
    limits: { memoryBytes: 5, diskBytes: null, cpuPercent: null, swapBytes: 0 },
  });
  const asked = async (names: string[], kind: 'person' | 'program') => {
    const store = new FleetStore();
    store.apply([
      { kind: 'account-upserted', account: anAccount() },
      { kind: 'server-upserted', server: described },
    ]);
    const { servers } = await serverStatus(
      { store, clock: new FakeClock() },
      { names, watch: false },
      {
        client: { kind, name: 'perch' },
        event: () => undefined,
        ended: Promise.resolve(),
        isEnded: false,
      },
    );
    return servers[0]?.details;
  };

  it('has their details, and that of all servers has none', async () => {
    expect(await asked(['Survival'], 'person')).toEqual({
      description: 'Ask Olive password=hunter2hunter2',
      number: 7,
      sftp: { host: 'node.example.com', port: 2022 },
      image: 'ghcr.io/pterodactyl/yolks:java_17',
      egg: 'Paper',
      features: ['eula'],
      limits: { memoryBytes: 5, diskBytes: null, cpuPercent: null, swapBytes: 0 },
    });
    expect(await asked([], 'person')).toBeUndefined();
  });

  it('gives a program no secret of a description', async () => {
    const details = await asked(['Survival'], 'program');
    expect(details?.description).toContain('Ask Olive');
    expect(details?.description).not.toContain('hunter2');
  });
});
