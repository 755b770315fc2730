/** Socket behaviour of nodes from 1.12 on and of Pelican (PROTOCOL 4.9, 4.10, 8.4). */
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import {
  limited,
  NODE_KINDS,
  SECOND,
  SURVIVAL,
  WingsRig,
  type TestSocket,
} from '../../tests/support/wings-rig.js';
import { PELICAN_WINGS, WINGS_111, WINGS_112 } from './limits.js';

let rig: WingsRig;
afterEach(() => rig.end());

const OWNER = 2;
const SUBUSER = 3;
const uuidOf = (userId: number) => `bbbbbbbb-0000-4000-8000-00000000000${userId}`;
const kinds = NODE_KINDS.filter(([, { limits }]) => limits !== null);

function knock(): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const url = `${rig.node.socketBase}/api/servers/${SURVIVAL}/ws`;
    const socket = new WebSocket(url, { origin: rig.panel.url });
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('it was let in'));
    });
    socket.on('error', () => undefined);
  });
}

const tooMany = { status: 400, body: '{"error":"Too many open websocket connections."}' };

async function isClosed(socket: TestSocket): Promise<boolean> {
  return Promise.race([socket.closed.then(() => true), socket.during(150).then(() => false)]);
}

describe.each(kinds)('a node of kind %s', (_name, dialect) => {
  test('closes a socket that sends more than 4,096 bytes at once', async () => {
    rig = await WingsRig.start({ dialect });
    const socket = await rig.enter();
    const frame = (length: number) => {
      const bare = JSON.stringify({ event: 'send command', args: [''] }).length;
      return JSON.stringify({ event: 'send command', args: ['x'.repeat(length - bare)] });
    };
    socket.raw.send(frame(4096));
    socket.send('send stats');
    await socket.event('stats');
    socket.raw.send(frame(4097));
    expect((await socket.closed).code).toBe(1009);
  });

  test('ignores binary frames', async () => {
    rig = await WingsRig.start({ dialect });
    const socket = await rig.enter();
    await socket.event('stats');
    socket.raw.send(Buffer.from('{"event":"send stats"}'));
    expect(await socket.during(200)).toEqual([]);
  });

  test('drops commands that come too fast, with one notice', async () => {
    const events = { 'send command': { size: 3, everyMs: 60_000 }, '*': { size: 4, everyMs: 1000 } };
    rig = await WingsRig.start({ dialect: limited(dialect, { events }) });
    const socket = await rig.enter();
    await rig.run(socket);
    for (let count = 0; count < 6; count++) socket.send('send command', `say ${count}`);
    expect((await socket.event('throttled')).args).toEqual(['send command']);
    await socket.during(300);
    const echoes = socket.lines.filter((line) => line.startsWith('say '));
    expect(echoes.sort()).toEqual(['say 0', 'say 1', 'say 2']);
    expect(socket.frames.filter(({ event }) => event === 'throttled')).toHaveLength(1);
    socket.send('send stats');
    await socket.event('stats');
  });

  test('drops all messages that come too fast', async () => {
    rig = await WingsRig.start({ dialect: limited(dialect, { connection: { size: 5, everyMs: 60_000 } }) });
    const socket = await rig.enter();
    await socket.event('stats');
    for (let count = 0; count < 6; count++) socket.raw.send('not even a message');
    expect((await socket.event('throttled')).args).toEqual(['global']);
    socket.send('send stats');
    expect(await socket.during(150)).toEqual([]);
  });

  test('cuts the sockets of a suspended server, and closes new ones with 4409', async () => {
    rig = await WingsRig.start({ dialect });
    const socket = await rig.enter();
    const mute = await rig.open();
    const elsewhere = await rig.enter({ server: SECOND });
    await rig.run(socket);
    rig.panel.change(SURVIVAL, { suspended: true });
    rig.node.sync(SURVIVAL);
    expect(await socket.closed).toEqual({ code: 1006, reason: '' });
    expect((await mute.closed).code).toBe(1006);
    const late = await rig.open();
    expect(await late.closed).toEqual({ code: 4409, reason: 'server is suspended' });
    expect(await isClosed(elsewhere)).toBe(false);
    await expect.poll(() => rig.node.state(SURVIVAL), { timeout: 10_000 }).toBe('offline');
    rig.panel.change(SURVIVAL, { suspended: false });
    rig.node.sync(SURVIVAL);
    await (await rig.enter()).event('stats');
  });

  test('cuts a socket that sends to a suspended server', async () => {
    rig = await WingsRig.start({ dialect });
    const socket = await rig.enter();
    rig.panel.change(SURVIVAL, { suspended: true });
    expect(await isClosed(socket)).toBe(false);
    socket.send('send stats');
    expect((await socket.closed).code).toBe(1006);
  });

  test('reports a deletion, then cuts the socket', async () => {
    rig = await WingsRig.start({ dialect });
    const socket = await rig.enter();
    rig.node.remove(SURVIVAL);
    expect((await socket.closed).code).toBe(1006);
    expect(socket.frames.at(-1)).toEqual({ event: 'deleted', args: ['null'] });
  });

  test('requires the scope of a token', async () => {
    rig = await WingsRig.start({
      dialect: { ...dialect, tokens: { ...dialect.tokens, scope: 'elsewhere' } },
    });
    const foreign = await rig.token();
    await rig.end();
    rig = await WingsRig.start({ dialect });
    const socket = await rig.open();
    socket.send('auth', foreign);
    expect((await socket.event('jwt error')).args?.[0]).toContain('jwt: missing connect permission');
  });
});

test('1.12 counts authenticated sockets, once more when they authenticate', async () => {
  rig = await WingsRig.start({ dialect: limited(WINGS_112, { socketsPerServer: 2 }) });
  const waiting = [await rig.open(), await rig.open(), await rig.open()];
  const inside = [await rig.enter(), await rig.enter()];
  expect(await knock()).toEqual(tooMany);
  waiting[0]?.send('auth', await rig.token());
  expect((await waiting[0]?.closed)?.code).toBe(1006);
  expect(waiting[0]?.frames.map(({ event }) => event)).toEqual(['daemon error']);
  inside[0]?.send('auth', await rig.token());
  await inside[0]?.event('auth success');
  inside[1]?.close();
  await expect
    .poll(() =>
      knock().then(
        () => 'full',
        () => 'open',
      ),
    )
    .toBe('open');
});

test('Pelican counts every socket', async () => {
  rig = await WingsRig.start({ dialect: limited(PELICAN_WINGS, { socketsPerServer: 2 }) });
  await rig.open();
  await rig.enter();
  expect(await knock()).toEqual(tooMany);
});

test('30 are let in', async () => {
  rig = await WingsRig.start({ dialect: PELICAN_WINGS });
  for (let count = 0; count < 30; count++) await rig.open();
  expect(await knock()).toEqual(tooMany);
});

test('a socket that does not authenticate in time is dropped, except by Pelican', async () => {
  rig = await WingsRig.start({ dialect: WINGS_112, tuning: { authMs: 300 } });
  const mute = await rig.open();
  const refused = await rig.open();
  const inside = await rig.enter();
  refused.send('auth', 'garbage');
  expect((await mute.closed).code).toBe(1006);
  expect((await refused.closed).code).toBe(1006);
  expect(await isClosed(inside)).toBe(false);
  await rig.end();
  rig = await WingsRig.start({ dialect: PELICAN_WINGS, tuning: { authMs: 100 } });
  expect(await isClosed(await rig.open())).toBe(false);
});

test("another server's token is refused at auth by 1.12, at the next event by Pelican", async () => {
  rig = await WingsRig.start({ dialect: WINGS_112 });
  const socket = await rig.open();
  socket.send('auth', await rig.token({ server: SECOND }));
  expect((await socket.event('jwt error')).args?.[0]).toMatch(/^Error Event \[.*jwt: server uuid mismatch$/);
  expect(socket.frames.map(({ event }) => event)).toEqual(['jwt error']);
  await rig.end();
  rig = await WingsRig.start({ dialect: PELICAN_WINGS });
  const other = await rig.open();
  other.send('auth', await rig.token({ server: SECOND }));
  await other.event('auth success');
  expect((await other.event('jwt error')).args).toEqual(['jwt: server uuid mismatch']);
});

test.each([
  ['Wings 1.11', WINGS_111, [false, false]],
  ['Wings 1.12', WINGS_112, [false, true]],
  ['Pelican', PELICAN_WINGS, [true, true]],
])('sockets that a revocation ends: %s', async (_name, dialect, ended) => {
  rig = await WingsRig.start({ dialect });
  const owner = await rig.enter({ userId: OWNER });
  const subuser = await rig.enter({ userId: SUBUSER, permissions: ['websocket.connect'] });
  const elsewhere = await rig.enter({ userId: SUBUSER, server: SECOND });
  rig.node.revoke(uuidOf(SUBUSER), SURVIVAL);
  expect(await Promise.all([isClosed(owner), isClosed(subuser)])).toEqual(ended);
  expect(await isClosed(elsewhere)).toBe(false);
});

test('Pelican has its own program name and reports disk reads and writes', async () => {
  rig = await WingsRig.start({ dialect: PELICAN_WINGS });
  const socket = await rig.enter();
  const idle = JSON.parse((await socket.event('stats')).args?.[0] ?? '') as Record<string, unknown>;
  expect(idle['disk_io']).toEqual({ read_bytes: 0, write_bytes: 0 });
  await rig.run(socket);
  expect(socket.lines[0]).toBe(
    '\u001b[33m\u001b[1m[pelican Daemon]:\u001b[39m checking server disk space usage, this could take a few seconds...\u001b[0m',
  );
  const busy = JSON.parse((await socket.event('stats')).args?.[0] ?? '') as Record<string, unknown>;
  expect(busy['disk_io']).toEqual({
    read_bytes: expect.any(Number) as number,
    write_bytes: expect.any(Number) as number,
  });
});
