import { describe, expect, it, vi } from 'vitest';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import type { RemoteUpdate } from '../../bridge/schema/remote.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import type { ConsoleListener } from '../fleet/api.js';
import { FleetStore } from '../fleet/store.js';
import { ConsoleSource } from '../fleet/console/console-source.js';
import { logsReader } from './logs.js';

type Told = RemoteUpdate<'logs'>;

function line(seq: number, text: string): ConsoleLine {
  return { seq, at: 0, source: 'server', text };
}

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

function setUp() {
  const store = new FleetStore();
  const server = aServer({ power: 'running' });
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  const clock = new FakeClock();
  const listeners = new Set<ConsoleListener>();
  let backlog = 0;
  const consoles = new ConsoleSource({
    watch: (_serverId, listener) => {
      listeners.add(listener);
      listener.snapshot([], { kind: 'live' });
      return () => void listeners.delete(listener);
    },
    setBacklog: (_serverId, cost) => (backlog = cost),
  });
  const read = vi.fn(() => Promise.resolve(startup));
  const readLogs = logsReader({ store, clock, consoles, actions: { 'startup.read': read } });
  const print = (...lines: ConsoleLine[]): void => listeners.forEach((one) => one.lines(lines));
  const follow = async (kind: 'person' | 'program' = 'person', follows = true, lines = 100) => {
    const told: Told[] = [];
    const unwritten: (() => void)[] = [];
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const client = { kind, name: 'Robot' };
    const event = (update: Told, written?: () => void): void => {
      told.push(update);
      if (written !== undefined) unwritten.push(written);
    };
    const over = readLogs(
      { name: server.name, lines, follow: follows },
      { client, event, ended, isEnded: false },
    );
    await clock.advance(1000);
    const takeAll = (): void => unwritten.splice(0).forEach((written) => written());
    return { told, takeAll, end, over };
  };
  return { follow, print, read, clock, listeners, backlog: () => backlog };
}

const texts = (told: readonly Told[]): string[] => told.flatMap(({ lines }) => lines.map(({ text }) => text));

describe('Logs for a client that does not read', () => {
  it('delay nobody else, skip lines for it only, and give their number', async () => {
    const { follow, print, backlog, listeners, clock } = setUp();
    const stopped = await follow();
    const reading = await follow();
    for (let at = 0; at < 1000; at++) {
      print(line(at, `${at} ${'x'.repeat(10_000)}`));
      reading.takeAll();
      expect(backlog()).toBe(0);
    }
    expect(texts(reading.told)).toHaveLength(1000);
    const kept = texts(stopped.told).length;
    expect(kept).toBeLessThan(120);
    stopped.takeAll();
    expect(stopped.told.at(-1)).toEqual({ lines: [], skipped: 1000 - kept });
    print(line(1000, 'on'));
    expect(stopped.told.at(-1)).toMatchObject({ lines: [{ text: 'on' }] });
    expect(stopped.told.at(-1)).not.toHaveProperty('skipped');
    for (const one of [stopped, reading]) {
      one.end();
      await one.over;
    }
    expect(listeners.size).toBe(0);
    expect(clock.pending).toBe(0);
  });
});

describe('Logs for a program', () => {
  const echo = '\u001b[33mcontainer@pterodactyl~ \u001b[0mbash server.sh hunter22';

  it('hide the secrets of `startup`, also in lines that came meanwhile', async () => {
    const { follow, print, read, clock } = setUp();
    let answer = (_found: typeof startup): void => undefined;
    read.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const robot = await follow('program', false);
    print(line(1, echo));
    expect(robot.told).toEqual([]);
    answer(startup);
    await robot.over;
    expect(texts(robot.told)).toEqual(['container@pterodactyl~ bash server.sh ***']);
    expect(clock.pending).toBe(0);
  });

  it('hide a secret that the server wraps', async () => {
    const { follow, print } = setUp();
    const robot = await follow('program');
    print(line(1, 'the password is hunt'), line(2, 'er22, done'), line(3, 'pw hunter\r\n22 or hun'));
    print(line(4, 'ter22'));
    expect(texts(robot.told)).toEqual(['the password is ***', '***, done', 'pw ***\r\n*** or hun', '***']);
    robot.end();
    await robot.over;
  });

  it.each([
    [['the password is hunt', 'er22, done'], '***, done'],
    [['the password is hunt', 'er2', '', '2, done'], '***, done'],
  ])('hide the end of a wrapped secret if only the last line is wanted (%j)', async (printed, last) => {
    const { follow, print, read } = setUp();
    let answer = (_found: typeof startup): void => undefined;
    read.mockImplementation(() => new Promise((resolve) => (answer = resolve)));
    const robot = await follow('program', false, 1);
    print(...printed.map((text, at) => line(at + 1, text)));
    answer(startup);
    await robot.over;
    expect(texts(robot.told)).toEqual([last]);
  });

  it('show no line if the secrets are unknown', async () => {
    const { follow, print, read, clock, listeners } = setUp();
    read.mockImplementation(() => Promise.reject(new Error('no permission')));
    const robot = await follow('program');
    const refused = expect(robot.over).rejects.toThrow('to no program');
    read.mockImplementation(() => new Promise(() => undefined));
    const other = await follow('program');
    const late = expect(other.over).rejects.toThrow('within 8 seconds');
    print(line(1, echo), line(2, 'the password is hunter22'));
    await clock.advance(8000);
    await Promise.all([refused, late]);
    expect([...robot.told, ...other.told]).toEqual([]);
    expect(listeners.size).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('show no start command with variables that the panel hides', async () => {
    const { follow, print, read } = setUp();
    read.mockImplementation(() => Promise.resolve({ ...startup, command: 'bash server.sh [hidden]' }));
    const robot = await follow('program');
    print(line(1, echo), line(2, ':/home/container$ ./run -p x'), line(3, 'container full'));
    expect(texts(robot.told)).toEqual([
      'container@pterodactyl~ ***',
      ':/home/container$ ***',
      'container full',
    ]);
  });

  it('are unchanged for a user', async () => {
    const { follow, print, read } = setUp();
    const person = await follow();
    print(line(1, echo));
    expect(texts(person.told)).toEqual([echo]);
    expect(read).not.toHaveBeenCalled();
  });
});

describe('Logs', () => {
  it('begin with as many of the last lines as are wanted, and have times of the day', async () => {
    const { follow, print, read, clock } = setUp();
    let answer = (): void => undefined;
    const readable = new Promise<typeof startup>((resolve) => (answer = () => resolve(startup)));
    read.mockImplementation(() => readable);
    clock.jump(7_200_000);
    const at = clock.now();
    const [few, many, none] = [2, 100, 0].map((lines) => follow('program', false, lines));
    await clock.advance(0);
    print(...['a', 'b', 'c'].map((text, seq) => ({ ...line(seq, text), at: at + seq })));
    answer();
    await clock.advance(1000);
    expect((await few)?.told).toMatchObject([{ lines: [{ text: 'b', at: at + 7_200_001 }, { text: 'c' }] }]);
    expect(texts((await many)?.told ?? [])).toEqual(['a', 'b', 'c']);
    expect((await none)?.told).toEqual([{ lines: [] }]);
  });

  it('send each line once, and no message without lines', async () => {
    const { follow, print, listeners } = setUp();
    const person = await follow();
    print(line(1, 'a'));
    listeners.forEach((one) => one.lines([]));
    expect(person.told.map(({ lines }) => lines.length)).toEqual([0, 1]);
  });
});
