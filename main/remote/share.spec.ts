import { expect, it, vi } from 'vitest';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import { anAccount, aServer, aSharedLog } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { ConsoleSource } from '../fleet/console/console-source.js';
import { FleetStore } from '../fleet/store.js';
import type { CallingClient } from './call.js';
import { consoleReads } from './logs.js';
import { logSharing } from './share.js';

const service = 'https://logs.example';
const secret = {
  name: 'Password',
  description: '',
  envVariable: 'RCON_PASSWORD',
  defaultValue: '',
  serverValue: 'hunter22',
  isEditable: true,
  rules: '',
};
const startup = { variables: [secret], command: '', template: '', images: [] };

function setUp(...texts: string[]) {
  const store = new FleetStore();
  const server = aServer({ name: 'Survival', node: 'fra-node-7' });
  store.apply([
    { kind: 'account-upserted', account: anAccount({ label: 'Birdhouse' }) },
    { kind: 'server-upserted', server },
  ]);
  const clock = new FakeClock();
  const lines = texts.map((text, seq): ConsoleLine => ({ seq, at: 0, source: 'server', text }));
  const consoles = new ConsoleSource({
    watch: (_serverId, listener) => {
      listener.snapshot(lines, { kind: 'live' });
      return () => undefined;
    },
    setBacklog: () => undefined,
  });
  const read = vi.fn(() => Promise.resolve(startup));
  const send = vi.fn(() => Promise.resolve(aSharedLog({ service })));
  const settings = { current: { logService: service } };
  const deps = { store, clock, consoles, settings, actions: { 'startup.read': read }, sharing: { send } };
  const { redactLog, shareLog } = logSharing(deps, consoleReads(deps));
  const call = (kind: CallingClient['kind']) => ({
    client: { kind, name: 'perch' },
    event: () => undefined,
    ended: new Promise<void>(() => undefined),
    isEnded: false,
  });
  const prepare = async (most = 100, kind: CallingClient['kind'] = 'person') => {
    const [outcome] = await Promise.all([
      redactLog({ name: server.name, lines: most }, call(kind)),
      clock.advance(1000),
    ]);
    return outcome;
  };
  const share = (id: number, kind: CallingClient['kind'] = 'person') => shareLog({ id }, call(kind));
  return { prepare, share, send, read, serverId: server.id };
}

const lines = [
  'first',
  'from \u001b[31m203.0.\u001b[0m113.7 at fra-node-7 of Birdhouse',
  'rcon set to hunter22\r\nWren joined the game',
];

it('shares the last shown lines, without private texts', async () => {
  const { prepare, share, send, serverId } = setUp(...lines);
  const { id, text, host, replaced, isStartupRead } = await prepare(3);
  expect(text).toBe('from [address 1] at [name 1] of [name 2]\nrcon set to [secret 1]\nWren joined the game');
  expect({ host, replaced, isStartupRead }).toEqual({
    host: 'logs.example',
    replaced: 4,
    isStartupRead: true,
  });
  expect(send).not.toHaveBeenCalled();
  expect(await share(id)).toEqual({ url: 'https://logs.example/aB3dE5', canDelete: true });
  expect(send).toHaveBeenCalledWith({ serverId, title: 'Console', text, service });
});

it('shares only the last shown text', async () => {
  const { prepare, share, send } = setUp(...lines);
  const { id } = await prepare();
  await prepare();
  await expect(share(id)).rejects.toMatchObject({ failure: { cause: 'failed' } });
  expect(send).not.toHaveBeenCalled();
});

it('says that secrets of the startup are unknown', async () => {
  const { prepare, read } = setUp('password=hunter22');
  read.mockRejectedValue(new Error('no'));
  expect(await prepare()).toMatchObject({ text: 'password=[secret 1]', isStartupRead: false });
});

it('refuses programs', async () => {
  const { prepare, share, send } = setUp(...lines);
  await expect(prepare(3, 'program')).rejects.toMatchObject({ failure: { cause: 'refused' } });
  const { id } = await prepare();
  await expect(share(id, 'program')).rejects.toMatchObject({ failure: { cause: 'refused' } });
  expect(send).not.toHaveBeenCalled();
});
