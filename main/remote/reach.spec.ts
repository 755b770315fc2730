/** The command line's way into a running Perch, over a real local socket. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressFile, remoteFolder } from '../../bridge/remote/remote-address.js';
import { remoteProtocol, type RemoteAnswer } from '../../bridge/schema/remote.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { ProgramSignals } from '../actions/servers/program-signals.js';
import { ConsoleSource } from '../fleet/console/console-source.js';
import { FleetStore } from '../fleet/store.js';
import { Reach, type ReachDeps } from './reach.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

const often = { interval: 2, timeout: 20_000 };
let folder: string;
let stop: () => Promise<void>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-reach-'));
  stop = () => Promise.resolve();
});

afterEach(async () => {
  await stop();
  await removeFolder(folder);
});

function aReach(fields: Partial<ReachDeps> = {}) {
  const store = new FleetStore();
  const messages = new FakeLog();
  const openView = vi.fn();
  let count = 0;
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ power: 'running' }) },
  ]);
  const deps = {
    platform: process.platform,
    dataFolder: folder,
    user: process.getuid?.() ?? null,
    newId: () => `id-${++count}`,
    language: () => 'de',
    messages,
    versions: { perch: '1.2.3' },
    store,
    clock: new FakeClock(),
    actions: {
      'power.send': () => Promise.resolve(),
      'command.send': () => Promise.resolve({ isTaken: true }),
      'startup.read': () => Promise.reject(new Error('no')),
    },
    bulk: { current: null, start: () => undefined, listen: () => () => undefined },
    settings: { current: someSettings() },
    programs: new ProgramSignals(),
    consoles: new ConsoleSource({ watch: () => () => undefined, setBacklog: () => undefined }),
    log: { recent: [], listen: () => () => undefined },
    past: {},
    doctor: {},
    openView,
    ...fields,
  };
  const reach = new Reach(deps as unknown as ReachDeps);
  stop = () => reach.stop();
  const begin = async (): Promise<void> => {
    reach.start();
    await vi.waitFor(() => expect(messages.lines).toHaveLength(1), often);
  };
  return { reach, store, messages, openView, begin };
}

/** A client that has greeted Perch as a program. */
async function aClient() {
  const socket: Socket = connect(readFileSync(addressFile(folder), 'utf8'));
  const answers: RemoteAnswer[] = [];
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    answers.push(...lines.map((line) => JSON.parse(line) as RemoteAnswer));
  });
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  const say = (line: unknown): void => void socket.write(`${JSON.stringify(line)}\n`);
  const heard = (count: number) => vi.waitFor(() => expect(answers).toHaveLength(count), often);
  const client = { kind: 'program', name: 'Robot' };
  say({ id: 1, verb: 'hello', input: { protocol: remoteProtocol, client } });
  await heard(1);
  return { socket, answers, closed, say, heard };
}

describe('Perch', () => {
  it('accepts clients from its start to its end', async () => {
    const { reach, begin, messages } = aReach();
    expect(reach.isOpen).toBe(false);
    await begin();
    expect(reach.isOpen).toBe(true);
    expect(messages.text).toContain('info remote.listening');
    const { answers, say, heard, closed } = await aClient();
    expect(answers[0]).toMatchObject({ value: { version: '1.2.3', language: 'de' } });
    say({ id: 2, verb: 'status', input: { names: [], watch: true } });
    await heard(2);
    expect(answers[1]).toMatchObject({ kind: 'event', event: { servers: [{ name: 'Survival' }] } });
    say({ id: 2, cancel: true });
    await heard(3);
    await reach.stop();
    await closed;
    expect(existsSync(addressFile(folder))).toBe(false);
  });

  it('continues to send changes to a client that reads', async () => {
    const clock = new FakeClock();
    const { store, begin } = aReach({ clock });
    await begin();
    const { answers, say, heard, socket } = await aClient();
    say({ id: 2, verb: 'status', input: { names: [], watch: true } });
    await heard(2);
    for (const power of ['stopping', 'offline'] as const) {
      store.apply([{ kind: 'server-upserted', server: aServer({ power }) }]);
      const before = answers.length;
      await vi.waitFor(async () => {
        await clock.advance(500);
        expect(answers.length).toBeGreaterThan(before);
      }, often);
    }
    expect(answers.at(-1)).toMatchObject({ event: { servers: [{ state: 'offline' }] } });
    socket.destroy();
    await vi.waitFor(async () => {
      store.apply([{ kind: 'server-upserted', server: aServer({ power: 'running' }) }]);
      await Promise.resolve();
      expect(clock.pending).toBe(0);
    }, often);
  });

  it('closes the connection after a line that is too long', async () => {
    await aReach().begin();
    const { socket, closed } = await aClient();
    socket.write('x'.repeat(250_000));
    await closed;
  });

  it('asks the person for a program in its window, and forgets consent with the account', async () => {
    const { reach, store, begin, openView } = aReach();
    await begin();
    const { answers, say, heard } = await aClient();
    const input = { names: ['Survival'], signal: 'stop', isAgreed: true };
    say({ id: 2, verb: 'power', input });
    await vi.waitFor(() => expect(openView).toHaveBeenCalledExactlyOnceWith(null), often);
    const [question] = reach.consent.current.questions;
    reach.consent.answer(question?.id ?? '', 'hour');
    await heard(2);
    expect(answers[1]).toMatchObject({ kind: 'done' });
    expect(reach.consent.current.allowances).toHaveLength(1);
    store.apply([{ kind: 'server-removed', serverId: 'other' }]);
    expect(reach.consent.current.allowances).toHaveLength(1);
    store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    expect(reach.consent.current.allowances).toEqual([]);
  });

  it('runs without a command line if the listener cannot open, with a line in the log', async () => {
    writeFileSync(remoteFolder(folder), 'a file where the folder should be');
    const { reach, begin, messages } = aReach();
    await begin();
    expect(reach.isOpen).toBe(false);
    expect(messages.text).toMatch(/^error remote\.not-listening .*EEXIST/);
    await reach.stop();
  });

  it('can end before it has begun', async () => {
    const { reach, messages } = aReach();
    await reach.stop();
    expect(messages.lines).toEqual([]);
  });
});
