/** The questions and answers of each verb of the command line. */
import { describe, expect, it, vi } from 'vitest';
import type { Server, Usage } from '../../bridge/schema/domain.js';
import type { Startup } from '../../bridge/schema/startup.js';
import type { HistoryRange } from '../../bridge/schema/history.js';
import type { RemoteVerb } from '../../bridge/schema/remote.js';
import { sentence, verbatim } from '../../messages/messages.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import '../../tests/support/every-area.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aDatabase } from '../../tests/support/some-databases.js';
import { ProgramSignals } from '../actions/servers/program-signals.js';
import { ConsoleSource } from '../fleet/console/console-source.js';
import { FleetStore } from '../fleet/store.js';
import type { Call } from './call.js';
import { createRemoteHandlers } from './handlers.js';

const startup: Startup = {
  variables: [
    {
      name: 'Password',
      description: '',
      envVariable: 'RCON_PASSWORD',
      defaultValue: '',
      serverValue: 'hunter22',
      isEditable: true,
      rules: '',
    },
  ],
  command: 'run hunter22',
  template: '',
  images: [],
};
const usage: Usage = {
  at: 0,
  cpuPercent: 5,
  memoryBytes: 100,
  memoryLimitBytes: null,
  diskBytes: 7,
  networkRxBytes: 1,
  networkTxBytes: 2,
  uptimeMs: 3,
};

function aRig(fields: Partial<Server> = {}) {
  const store = new FleetStore();
  const clock = new FakeClock();
  const add = (name: string, more: Partial<Server> = {}): void => {
    const server = aServer({ id: `home/${name}`, uuid: name, identifier: name, name, ...more });
    store.apply([{ kind: 'server-upserted', server }]);
  };
  store.apply([{ kind: 'account-upserted', account: anAccount({ label: 'Panel B' }) }]);
  add('Lobby', { power: 'running', ...fields });
  const past = {
    usage: vi.fn(() => Promise.resolve([{ ...usage, from: 0, at: clock.now() - 5000 }])),
    states: vi.fn((_id: string, from: number, to: number) =>
      Promise.resolve([{ from, to, state: 'running' as const }]),
    ),
    events: () => Promise.resolve({ events: [], isEnd: true }),
    traces: { page: () => Promise.resolve({ records: [], isEnd: true }) },
  };
  const views: unknown[] = [];
  const steps: unknown[] = [];
  const deps = {
    store,
    clock,
    actions: {
      'power.send': () => Promise.resolve(),
      'command.send': () => Promise.resolve({ isTaken: true }),
      'startup.read': vi.fn(() => Promise.resolve(startup)),
      'schedules.list': () => Promise.resolve([]),
      'network.list': () => Promise.resolve([]),
      'network.add': () => Promise.resolve([]),
      'databases.list': () => Promise.resolve([aDatabase()]),
      'people.list': () =>
        Promise.resolve([{ uuid: '1', name: 'sam', email: '', hasTwoFactor: true, permissions: [] }]),
      'people.remove': () => Promise.resolve(),
      'activity.ofServer': () => Promise.resolve({ entries: [], total: 0, pages: 0 }),
      'account.view': () => Promise.resolve({ username: 'olive', email: '', keys: [], sshKeys: [] }),
      'databases.rotate': () => Promise.resolve(aDatabase()),
      'backups.create': () => Promise.resolve(aBackup('b2')),
      'backups.lock': () => Promise.resolve(aBackup('b1', { locked: true })),
    },
    backups: {
      byRule: () => [],
      read: () => Promise.resolve({ backups: [aBackup('b1')], limit: 3, used: 1 }),
    },
    quiet: { over: () => Promise.resolve() },
    bulk: { current: null, start: () => undefined, listen: () => () => undefined },
    settings: { current: someSettings() },
    copies: { of: () => Promise.resolve([]) },
    plans: { of: () => null },
    rules: { listed: Promise.resolve(), book: { isNewer: false }, driver: { current: [] } },
    consent: { demand: () => Promise.resolve() },
    programs: new ProgramSignals(),
    consoles: new ConsoleSource({
      watch: (_serverId, listener) => {
        listener.snapshot([], { kind: 'live' });
        return () => undefined;
      },
      setBacklog: () => undefined,
    }),
    log: { recent: [], listen: () => () => undefined },
    fleetActivity: { show: () => () => undefined, of: () => null, isAwaited: () => false },
    past,
    doctor: { run: () => Promise.resolve({ isRunning: false, steps }) },
    openView: (view: unknown) => views.push(view),
  };
  const handlers = createRemoteHandlers(deps as unknown as Parameters<typeof createRemoteHandlers>[0]);
  const call = (kind: 'person' | 'program' = 'person'): Call<RemoteVerb> => ({
    client: { kind, name: 'Robot' },
    event: () => undefined,
    ended: new Promise(() => undefined),
    isEnded: false,
  });
  return { store, clock, add, deps, past, views, steps, handlers, call };
}

type Rig = ReturnType<typeof aRig>;
const name = 'Lobby';
const activity = { name, limit: 5, kind: null, by: null, since: null, until: null };
const verbs: [Exclude<RemoteVerb, 'hello'>, boolean, (rig: Rig) => Promise<unknown>][] = [
  ['list', true, ({ handlers, call }) => handlers.list({}, call())],
  ['status', true, ({ handlers, call }) => handlers.status({ names: [name], watch: false }, call())],
  [
    'power',
    true,
    ({ handlers, call }) => handlers.power({ names: [name], signal: 'start', isAgreed: true }, call()),
  ],
  ['send', true, ({ handlers, call }) => handlers.send({ name, command: 'list', isAgreed: true }, call())],
  ['logs', false, ({ handlers, call }) => handlers.logs({ name, lines: 5, follow: false }, call())],
  ['events', false, ({ handlers, call }) => handlers.events({ name, limit: 5, follow: false }, call())],
  ['history', false, ({ handlers, call }) => handlers.history({ name, range: '1h' }, call())],
  ['startup', false, ({ handlers, call }) => handlers.startup({ name }, call())],
  ['backups', false, ({ handlers, call }) => handlers.backups({ name }, call())],
  [
    'createBackup',
    false,
    ({ handlers, call }) =>
      handlers.createBackup({ name, label: '', ignored: [], locked: false, quietly: false }, call()),
  ],
  ['waitForBackup', false, ({ handlers, call }) => handlers.waitForBackup({ name, backup: null }, call())],
  [
    'changeBackup',
    false,
    ({ handlers, call }) =>
      handlers.changeBackup(
        { name, backup: 'b1', change: { kind: 'lock' }, isAgreed: false, confirm: null },
        call(),
      ),
  ],
  ['databases', false, ({ handlers, call }) => handlers.databases({ name }, call())],
  ['schedules', false, ({ handlers, call }) => handlers.schedules({ name }, call())],
  ['network', false, ({ handlers, call }) => handlers.network({ name }, call())],
  [
    'changeNetwork',
    false,
    ({ handlers, call }) =>
      handlers.changeNetwork({ name, change: { kind: 'add' }, isAgreed: false }, call()),
  ],
  ['people', false, ({ handlers, call }) => handlers.people({ name }, call())],
  [
    'changePeople',
    false,
    ({ handlers, call }) =>
      handlers.changePeople({ name, change: { kind: 'remove', person: 'sam' }, isAgreed: true }, call()),
  ],
  ['account', false, ({ handlers, call }) => handlers.account({ panel: null }, call())],
  ['activity', false, ({ handlers, call }) => handlers.activity(activity, call())],
  [
    'fleetActivity',
    false,
    ({ handlers, call }) => handlers.fleetActivity({ ...activity, withinMs: 1 }, call()),
  ],
  [
    'changeDatabase',
    false,
    ({ handlers, call }) =>
      handlers.changeDatabase(
        { name, change: { kind: 'rotate', database: 'main' }, isAgreed: true, confirm: null },
        call(),
      ),
  ],
  ['rules', false, ({ handlers, call }) => handlers.rules({}, call())],
  ['open', false, ({ handlers, call }) => handlers.open({ name, tab: 'console' }, call())],
  ['doctor', false, ({ handlers, call }) => handlers.doctor({}, call())],
];

describe('the verbs', () => {
  it.each(verbs)('%s waits for the lists of the panels, and for states: %s', async (_verb, seen, ask) => {
    const rig = aRig({ power: null });
    const { store, clock } = rig;
    store.apply([{ kind: 'account-upserted', account: anAccount({ state: { kind: 'loading' } }) }]);
    const done = vi.fn();
    void ask(rig).then(done);
    await clock.advance(3000);
    expect(done).not.toHaveBeenCalled();
    store.apply([{ kind: 'account-upserted', account: anAccount() }]);
    // The console's history counts as complete after 700 ms.
    await clock.advance(1000);
    expect(done).toHaveBeenCalledTimes(seen ? 0 : 1);
    await clock.advance(3000);
    expect(done).toHaveBeenCalledOnce();
  });

  it('list names all servers by panel and name', async () => {
    const { store, add, handlers, call } = aRig();
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work', label: 'Panel A' }) }]);
    add('Zoo', { accountId: 'work' });
    add('Arena');
    add('Maze', { accountId: 'work' });
    const { servers } = await handlers.list({}, call());
    expect(servers.map((server) => `${server.panel}/${server.name}`)).toEqual([
      'Panel A/Maze',
      'Panel A/Zoo',
      'Panel B/Arena',
      'Panel B/Lobby',
    ]);
  });

  it('status gives the named servers in the order in which they are named, each once', async () => {
    const { add, handlers, call } = aRig();
    add('Arena');
    add('Maze');
    const ask = async (...names: string[]) =>
      (await handlers.status({ names, watch: false }, call())).servers.map((server) => server.name);
    expect(await ask('Maze', 'Arena', 'Maze')).toEqual(['Maze', 'Arena']);
    expect(await ask()).toEqual(['Arena', 'Lobby', 'Maze']);
  });

  it.each<[HistoryRange, number]>([
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['30d', 2_592_000_000],
  ])('history of %s is that long, and has times of the day', async (range, ms) => {
    const { clock, past, handlers, call } = aRig();
    clock.jump(7_200_000);
    const found = await handlers.history({ name, range }, call());
    expect(past.usage).toHaveBeenCalledWith('home/Lobby', range);
    const to = clock.wall();
    expect(found).toEqual({
      server: expect.objectContaining({ name: 'Lobby', panel: 'Panel B' }) as unknown,
      usage: [{ at: to - 5000, cpuPercent: 5, memoryBytes: 100, diskBytes: 7 }],
      states: [{ from: to - ms, to, state: 'running' }],
    });
  });

  it('startup hides secrets', async () => {
    const { deps, handlers, call } = aRig();
    for (const kind of ['program', 'person'] as const) {
      const asked = await handlers.startup({ name }, call(kind));
      expect(asked).toMatchObject({ command: 'run ***', server: { name: 'Lobby', panel: 'Panel B' } });
      expect(JSON.stringify(asked)).not.toContain('hunter22');
    }
    expect(deps.actions['startup.read']).toHaveBeenLastCalledWith({ serverId: 'home/Lobby' });
  });

  it('open shows a server, or the window unchanged', async () => {
    const { views, handlers, call } = aRig();
    expect(await handlers.open({ name, tab: 'events' }, call())).toEqual({});
    await handlers.open({ name: null, tab: 'console' }, call());
    expect(views).toEqual([{ kind: 'server', serverId: 'home/Lobby', tab: 'events' }, null]);
  });

  it('doctor gives the steps that have ended, with the panel that they are about', async () => {
    const { steps, handlers, call } = aRig();
    const good = { result: 'good', ms: 5, detail: verbatim('Fine.'), next: null };
    const bad = { result: 'bad', ms: 6, detail: verbatim('Broken.'), next: verbatim('Mend it.') };
    steps.push(
      { number: 1, panel: null, name: verbatim('Keychain'), outcome: good },
      { number: 2, panel: { number: 1, label: 'Home' }, name: verbatim('Key'), outcome: bad },
      { number: 3, panel: null, name: verbatim('Later'), outcome: null },
    );
    expect(await handlers.doctor({}, call())).toEqual({
      steps: [
        { name: 'Keychain', result: 'good', ms: 5, detail: 'Fine.', next: '' },
        { name: 'Panel Home: Key', result: 'bad', ms: 6, detail: 'Broken.', next: 'Mend it.' },
      ],
    });
  });
});

describe('a server of the command line', () => {
  const shownOf = async (fields: Partial<Server>) => {
    const { handlers, call } = aRig(fields);
    return (await handlers.status({ names: [name], watch: false }, call())).servers[0];
  };
  const pending = (signal: 'start' | 'stop' | 'restart' | 'kill') => ({
    pending: { signal, since: 0 },
  });
  const problem = { code: 'internal', message: verbatim('It\nbroke.'), next: verbatim('') } as const;
  const certificate = {
    host: 'node',
    shown: { fingerprint: 'AA', issuer: 'Example', from: 0, until: 1 },
    agreed: null,
    mayTrust: true,
  };

  it.each<[string, Partial<Server>]>([
    ['running', { power: 'running' }],
    ['offline', { power: 'offline' }],
    ['starting', { power: 'starting' }],
    ['stopping', { power: 'stopping' }],
    ['starting', { power: 'offline', ...pending('start') }],
    ['starting', { power: 'stopping', ...pending('restart') }],
    ['stopping', { power: 'running', ...pending('stop') }],
    ['stopping', { power: 'running', ...pending('kill') }],
    ['crashed', { power: 'offline', crashedAt: 1 }],
    ['unknown', { power: null, lastRun: { at: 0, state: 'running', usage: null }, problem: null }],
    [
      'running',
      { power: 'running', link: { kind: 'refused', problem: { ...problem, certificate }, retryAt: 0 } },
    ],
  ])('is %s with %j', async (state, fields) => {
    const { clock, handlers, call } = aRig(fields);
    const shown = handlers.status({ names: [name], watch: false }, call());
    await clock.advance(5000);
    expect((await shown).servers[0]?.state).toBe(state);
  });

  it('has the address of its first allocation, with the alias if there is one', async () => {
    const allocation = { ip: '203.0.113.10', alias: null, port: 25565, notes: null, isDefault: true };
    expect(await shownOf({ allocations: [allocation] })).toMatchObject({ address: '203.0.113.10:25565' });
    const named = { ...allocation, alias: 'play.example.com' };
    expect(await shownOf({ allocations: [named, allocation] })).toMatchObject({
      address: 'play.example.com:25565',
    });
    expect(await shownOf({ allocations: [] })).toMatchObject({ address: null });
  });

  it('gives the problem in one line, and no line without a problem', async () => {
    expect(await shownOf({ problem })).toMatchObject({ problem: expect.stringMatching(/^It broke\.$/) });
    expect(await shownOf({})).toMatchObject({ problem: null });
  });

  it('of another panel is not waited for if that panel has failed', async () => {
    const { store, add, handlers, call } = aRig();
    const state = {
      kind: 'failed',
      problem: { ...problem, message: sentence('remote.refused') },
      retryAt: 0,
    };
    store.apply([{ kind: 'account-upserted', account: anAccount({ id: 'work', state: state as never }) }]);
    add('Away', { accountId: 'work', power: null });
    expect((await handlers.list({}, call())).servers).toHaveLength(2);
  });
});
