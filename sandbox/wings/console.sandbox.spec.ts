import { afterAll, beforeAll, expect, test } from 'vitest';
import { SURVIVAL, WingsRig, type TestSocket } from '../../tests/support/wings-rig.js';
import { DAEMON_TEXT, daemonLine } from './daemon-lines.js';

/** Ten times Wings' period of the throttle, so that a busy computer prints a flood within a few periods. */
const floodPeriodMs = 1000;

let rig: WingsRig;
let socket: TestSocket;

beforeAll(async () => {
  rig = await WingsRig.start({ tuning: { floodPeriodMs } });
  socket = await rig.enter();
  await rig.run(socket);
});
afterAll(() => rig.end());

/** Runs a command and returns the lines from its echo on. */
async function typed(command: string, last: string): Promise<string[]> {
  const from = socket.lines.length;
  socket.send('send command', command);
  await socket.line(last);
  return socket.lines.slice(from);
}

async function history(): Promise<string[]> {
  const reader = await rig.enter({ permissions: ['websocket.connect'] });
  reader.send('send logs');
  await reader.during(400);
  reader.close();
  return reader.lines;
}

test('commands are echoed, control characters shown', async () => {
  expect((await typed('list', 'players'))[0]).toBe('list');
  const lines = await typed('non\u001bsense', 'Unknown');
  expect(lines[0]).toBe('non^[sense');
});

test('a newline inside a command gives two commands', async () => {
  const from = socket.lines.length;
  socket.send('send command', 'say one\nsay two');
  await socket.line('[Server] two');
  expect(socket.lines.slice(from).map((line) => line.replace(/.*\]: /, ''))).toEqual([
    'say one',
    'say two',
    '[Server] one',
    '[Server] two',
  ]);
});

test('blank lines and a space before a CR: live and from history', async () => {
  const from = socket.lines.length;
  socket.send('send command', 'raw a\\n\\nb \\rc\\n\\xff\\n');
  await socket.line('\ufffd');
  expect(socket.lines.slice(from + 1)).toEqual(['a', 'b\r\nc', '\ufffd']);
  const all = await history();
  expect(all.slice(-4)).toEqual(['a', '', 'b \rc', '\ufffd']);
  expect(all[0]).toContain('container@pterodactyl~');
  expect(all.join('\n')).not.toContain('Daemon]');
});

test('a text without a newline waits for it', async () => {
  const from = socket.lines.length;
  socket.send('send command', 'raw whole\\nhalf');
  await socket.line('raw whole');
  // The game writes the half together with this line.
  await socket.line('whole');
  socket.send('send command', 'raw  and half\\n');
  await socket.line('halfraw');
  await socket.line('and half');
  expect(socket.lines.slice(from + 1)).toEqual(['whole', 'halfraw  and half\\n', ' and half']);
});

test('commands beyond 4,095 characters lose their end, the echo does not', async () => {
  const lines = await typed(`say ${'x'.repeat(4996)}`, '[Server] x');
  expect(lines[0]?.length).toBe(5000);
  expect(lines[1]?.replace(/.*\[Server\] /, '').length).toBe(4091);
});

test('a flood is throttled with notices, and 150 lines are kept', async () => {
  // Waits for a new throttle period: lines of the previous test would count too.
  await socket.during(floodPeriodMs + 50);
  const from = socket.lines.length;
  socket.send('send command', 'spam 20000');
  await socket.line(DAEMON_TEXT.throttling);
  await socket.during(1500);
  const lines = socket.lines.slice(from);
  const notices = lines.filter((line) => line === daemonLine('Pterodactyl', DAEMON_TEXT.throttling));
  expect(lines.length - notices.length).toBeGreaterThanOrEqual(2000);
  // A slow machine spreads the flood over more periods, so that fewer lines are dropped.
  expect(lines.length - notices.length).toBeLessThan(20_000);
  expect(notices.length).toBeLessThanOrEqual(Math.ceil(lines.length / 2000));
  const kept = await history();
  expect(kept.length).toBe(150);
  expect(kept.filter((line) => line.startsWith('line ')).length).toBeGreaterThan(145);
  const after = socket.lines.length;
  // The flood may contain the same line number.
  socket.skip();
  socket.send('send command', 'spam 1500');
  await socket.line('line 1500');
  expect(socket.lines.slice(after + 1)).not.toContain(daemonLine('Pterodactyl', DAEMON_TEXT.throttling));
});

test('long lines are split with gaps, and history ends before them', async () => {
  const from = socket.lines.length;
  socket.send('send command', 'long 70000');
  await socket.line('0123456789');
  socket.send('send command', 'say after');
  await socket.line('[Server] after');
  expect(socket.lines.slice(from).map((line) => line.length)).toEqual([
    10,
    65_536,
    368,
    9,
    expect.any(Number),
  ]);
  const kept = await history();
  expect(kept.at(-1)).toBe('long 70000');
});

test('the stop word typed as a command is no crash', async () => {
  rig.node.command(SURVIVAL, 'stop');
  await socket.status('stopping');
  await socket.status('offline');
  await socket.during(300);
  expect(socket.lines.join('\n')).not.toContain('crashed state');
  socket.send('send logs');
  socket.send('send command', 'list');
  expect((await socket.during(300)).filter(({ event }) => event === 'console output')).toEqual([]);
});
