import { request } from 'node:http';
import { SignJWT } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { RIG_KEY, SECOND, SURVIVAL, WingsRig } from '../../tests/support/wings-rig.js';

let rig: WingsRig;
afterEach(() => rig.end());

const GENERIC = 'an unexpected error was encountered while handling this request';

/** Token with custom claims; undefined omits a claim. */
function handMade(claims: Record<string, unknown>, key = RIG_KEY): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    iat: now,
    exp: now + 600,
    server_uuid: SURVIVAL,
    permissions: ['*'],
    user_uuid: 'u',
    ...claims,
  })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(key));
}

/** Sends a handshake that is refused; returns the answer. */
function knock(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${rig.node.socketBase}${path}`, { headers });
    socket.on('unexpected-response', (_request, response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    socket.on('open', () => reject(new Error('it was let in')));
    socket.on('error', () => undefined);
  });
}

test('handshakes: origin as an exact string, unknown servers first', async () => {
  rig = await WingsRig.start();
  const path = `/api/servers/${SURVIVAL}/ws`;
  for (const origin of ['http://127.0.0.1:5', 'http://127.0.0.1:4/', 'HTTP://127.0.0.1:4', 'null', '']) {
    const { status, body } = await knock(path, { Origin: origin });
    expect(status).toBe(403);
    expect(body).toMatch(
      /^Forbidden\n\{"error":"An unexpected error was encountered while processing this request","request_id":"[0-9a-f-]{36}"\}$/,
    );
  }
  expect((await knock(path, {})).status).toBe(403);
  for (const unknown of ['00000000-0000-4000-8000-000000000000', SURVIVAL.slice(0, 8), 'x']) {
    expect(await knock(`/api/servers/${unknown}/ws`, {})).toEqual({
      status: 404,
      body: '{"error":"The requested resource does not exist on this instance."}',
    });
  }
  const plain = await new Promise<number>((resolve) =>
    request(`${rig.node.socketBase.replace('ws', 'http')}${path}`, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).end(),
  );
  expect(plain).toBe(400);
});

test('a socket without a token gets no events, but a notice for each', async () => {
  rig = await WingsRig.start();
  const socket = await rig.open();
  for (const event of ['send stats', 'send logs', 'set state', 'nonsense']) {
    socket.send(event);
    expect((await socket.event('jwt error')).args).toEqual(['jwt: no jwt present']);
  }
  rig.node.power(SURVIVAL, 'start');
  expect(await socket.during(700)).toEqual([]);
});

test('tokens are refused, and the socket stays or closes', async () => {
  rig = await WingsRig.start();
  const now = Math.floor(Date.now() / 1000);
  const good = await rig.token();
  const refused: [string, string, string][] = [
    ['garbage', 'garbage', `daemon error ${GENERIC}`],
    ['empty', '', `daemon error ${GENERIC}`],
    ['another key', await handMade({}, 'x'.repeat(32)), `daemon error ${GENERIC}`],
    ['damaged', `${good.slice(0, -6)}AAAAAA`, `daemon error ${GENERIC}`],
    ['spaces', ` ${good} `, `daemon error ${GENERIC}`],
    ['alg none', `eyJhbGciOiJub25lIn0.${good.split('.')[1]}.`, `daemon error ${GENERIC}`],
    ['expired', await handMade({ exp: now - 5 }), 'jwt error jwt: exp claim is invalid'],
    ['no exp', await handMade({ exp: undefined }), 'jwt error jwt: exp claim is invalid'],
    [
      'before the start',
      await handMade({ iat: now - 900 }),
      'jwt error jwt: created too far in past (denylist)',
    ],
    [
      'no connect',
      await handMade({ permissions: ['control.start'] }),
      'jwt error jwt: missing connect permission',
    ],
  ];
  for (const [what, token, expected] of refused) {
    const socket = await rig.open();
    socket.send('auth', token);
    const frame = await socket.next(({ event }) => event.endsWith('error'), what);
    const text = frame.args?.[0]?.replace(/^Error Event \[[0-9a-f-]{36}\]: /, '');
    expect(`${what}: ${frame.event} ${text}`).toBe(`${what}: ${expected}`);
    socket.send('send stats');
    expect((await socket.event('jwt error')).args).toEqual(['jwt: no jwt present']);
    socket.close();
  }
  const odd = await rig.open();
  odd.send('auth', await handMade({ nbf: now + 300, iss: 'x', aud: 'y' }));
  await odd.event('auth success');
  odd.send('auth', 'garbage');
  await odd.event('daemon error');
  odd.send('send stats');
  await odd.event('stats');
});

test("another server's token is accepted first and refused at the next event", async () => {
  rig = await WingsRig.start();
  const socket = await rig.open();
  socket.send('auth', await rig.token({ server: SECOND }));
  await socket.event('auth success');
  expect((await socket.event('jwt error')).args).toEqual(['jwt: server uuid mismatch']);
  expect(socket.statuses).toEqual([]);
  socket.send('auth', await rig.token());
  await socket.event('auth success');
  socket.send('send stats');
  await socket.event('stats');
});

test('a token may come in pieces; a renewal brings nothing but auth success', async () => {
  rig = await WingsRig.start();
  const socket = await rig.open();
  const token = await rig.token();
  socket.send('auth', token.slice(0, 20), token.slice(20));
  await socket.during(200);
  expect(socket.frames.map(({ event }) => event)).toEqual(['auth success', 'status', 'stats']);
  socket.send('auth', await rig.token());
  expect((await socket.during(200)).map(({ event }) => event)).toEqual(['auth success']);
});

test('a short life: warnings, renewal without a gap, then the end', async () => {
  rig = await WingsRig.start({ lifetimeSeconds: 4 });
  const socket = await rig.enter();
  await socket.event('token expiring');
  socket.send('auth', await rig.token());
  await socket.event('auth success');
  socket.send('send stats');
  await socket.event('stats');
  const end = await socket.event('jwt error');
  expect(end.args).toEqual(['jwt: exp claim is invalid']);
  socket.send('send stats');
  expect((await socket.event('jwt error')).args).toEqual(['jwt: exp claim is invalid']);
  expect(socket.raw.readyState).toBe(WebSocket.OPEN);
  socket.send('auth', await rig.token());
  await socket.event('auth success');
  socket.send('send stats');
  await socket.event('stats');
});

test('a revocation affects only that user, until a new token', async () => {
  rig = await WingsRig.start();
  const owner = await rig.enter();
  const subuser = await rig.enter({ userId: 3, permissions: ['websocket.connect'] });
  await new Promise((resolve) => setTimeout(resolve, 1050));
  rig.node.revoke('bbbbbbbb-0000-4000-8000-000000000003', SURVIVAL);
  subuser.send('send stats');
  expect((await subuser.event('jwt error')).args).toEqual(['jwt: created too far in past (denylist)']);
  owner.send('send stats');
  owner.send('send stats');
  await owner.event('stats');
  await new Promise((resolve) => setTimeout(resolve, 1050));
  subuser.send('auth', await rig.token({ userId: 3, permissions: ['websocket.connect'] }));
  await subuser.event('auth success');
  subuser.send('send stats');
  await subuser.event('stats');
});

test('missing permissions cause silence', async () => {
  rig = await WingsRig.start();
  const watcher = await rig.enter({ userId: 3, permissions: ['websocket.connect'] });
  await watcher.event('stats');
  for (const action of ['start', 'stop', 'restart', 'kill']) watcher.send('set state', action);
  watcher.send('send command', 'list');
  expect(await watcher.during(300)).toEqual([]);
  expect(rig.node.state(SURVIVAL)).toBe('offline');
  watcher.send('set state', 'explode');
  expect((await watcher.event('daemon error')).args?.[0]).toContain(GENERIC);
});

test('odd frames are read or ignored as by Wings 1.11; pings are answered', async () => {
  rig = await WingsRig.start();
  const socket = await rig.enter();
  await socket.event('stats');
  const ignored = ['hello', '', 'null', '[]', '7', '{}', '{"event":7}', '{"event":"send stats","args":"x"}'];
  for (const frame of ignored) socket.raw.send(frame);
  socket.raw.send('{"event":"send stats"}{"event":"send stats"}');
  socket.raw.send('{"event":"SEND STATS"}');
  socket.raw.send('{"event":"set state","args":[1]}');
  expect(await socket.during(200)).toEqual([]);
  const read = [
    '{"event":"send stats","args":null}',
    '  {"Event":"send stats","id":1}\n',
    '{"event":"nonsense","EVENT":"send stats"}',
    Buffer.from('{"event":"send stats","args":[]}'),
  ];
  for (const frame of read) socket.raw.send(frame);
  expect((await socket.during(200)).map(({ event }) => event)).toEqual(read.map(() => 'stats'));
  const pong = new Promise((resolve) => socket.raw.once('pong', resolve));
  socket.raw.ping();
  await pong;
});
