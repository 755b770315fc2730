import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gameBundle } from '../tests/support/game-bundle.js';
import { dialectNamed, Sandbox, type SandboxDeps } from './sandbox.js';

let folder = '';
const running: Sandbox[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-sandbox-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
  rmSync(folder, { recursive: true, force: true });
});

interface Rig {
  sandbox: Sandbox;
  power(name: string, signal: string): Promise<void>;
  type(name: string, command: string): Promise<void>;
  isIn(name: string, state: string): Promise<void>;
  /** Address of the server's first allocation. */
  place(name: string): Place;
}

async function start(options: Partial<SandboxDeps> = {}): Promise<Rig> {
  const dialect = dialectNamed('panel-1.11');
  if (!dialect) throw new Error('There is no dialect panel-1.11.');
  const gameFile = await gameBundle();
  const sandbox = new Sandbox({ port: 0, dialect, dataFolder: folder, gameFile, ...options });
  running.push(sandbox);
  const { panel, keys } = await sandbox.start();
  const post = async (name: string, what: string, body: unknown): Promise<void> => {
    const { uuid } = sandbox.changes.server(name);
    const answer = await fetch(`${panel}/api/client/servers/${uuid.slice(0, 8)}/${what}`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${keys.owner}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(204);
  };
  return {
    sandbox,
    power: (name, signal) => post(name, 'power', { signal }),
    async type(name, command) {
      await post(name, 'command', { command });
      await pause(200);
    },
    async isIn(name, state) {
      for (let turn = 0; sandbox.changes.state(name) !== state; turn++) {
        if (turn === 300) throw new Error(`${name} never was ${state}.`);
        await pause(50);
      }
    },
    place(name) {
      const [{ ip: host = '', port = 0 } = {}] = sandbox.changes.server(name).allocations;
      return { host, port };
    },
  };
}

interface Place {
  host: string;
  port: number;
}

/** The server's answer to a status request, byte by byte as a game client sends it; null = no answer in time. */
async function status({ host, port }: Place, ms = 3000): Promise<Record<string, unknown> | null> {
  const socket = connect({ host, port });
  const received: Buffer[] = [];
  socket.on('data', (chunk) => received.push(chunk));
  await once(socket, 'connect');
  const ended = once(socket, 'close');
  const name = Buffer.from(host);
  const shake = Buffer.from([0, 0x85, 6, name.length, ...name, port >> 8, port & 255, 1]);
  socket.write(Buffer.from([shake.length, ...shake, 1, 0]));
  socket.write(Buffer.from([9, 1, 1, 2, 3, 4, 5, 6, 7, 8]));
  await Promise.race([ended, pause(ms)]);
  socket.destroy();
  const bytes = Buffer.concat(received);
  if (bytes.length === 0) return null;
  // Length of the packet in two bytes, its number 0, length of the text in two bytes.
  const length = ((bytes[3] ?? 0) & 0x7f) + (bytes[4] ?? 0) * 128;
  expect(bytes.subarray(5 + length)).toEqual(Buffer.from([9, 1, 1, 2, 3, 4, 5, 6, 7, 8]));
  return JSON.parse(bytes.subarray(5, 5 + length).toString()) as Record<string, unknown>;
}

/** Sends datagrams one after the other, each after the answer to the one before; null = no answer in time. */
async function exchange(
  { host, port }: Place,
  requests: readonly ((answer: Buffer) => Buffer)[],
  ms = 3000,
): Promise<Buffer | null> {
  const socket = createSocket('udp4');
  socket.on('error', () => undefined);
  let answer: Buffer | null = Buffer.alloc(0);
  for (const request of requests) {
    const next = once(socket, 'message').then(([message]) => message as Buffer);
    socket.send(request(answer), port, host);
    answer = await Promise.race([next, pause(ms).then(() => null)]);
    if (answer === null) break;
  }
  socket.close();
  return answer;
}

const session = [0x01, 0x02, 0x03, 0x04];
const askChallenge = () => Buffer.from([0xfe, 0xfd, 9, ...session]);
function withChallenge(answer: Buffer, padding: readonly number[]): Buffer {
  const challenge = Buffer.alloc(4);
  challenge.writeInt32BE(Number(answer.toString('latin1', 5, answer.length - 1)));
  return Buffer.from([0xfe, 0xfd, 0, ...session, ...challenge, ...padding]);
}

test('a Minecraft server answers the status and the query with its own players, while it runs', async () => {
  const { power, type, isIn, place: placeOf } = await start();
  const place = placeOf('Creative');
  expect(place.host).toMatch(/^127\.\d+\.\d+\.1$/);
  await expect(status(place)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await power('Creative', 'start');
  await isIn('Creative', 'running');
  expect(await status(place)).toMatchObject({
    version: { name: 'Paper 1.21.10' },
    description: { text: 'Creative' },
    players: { online: 0, max: 20 },
  });

  await type('Creative', 'join Wren');
  await type('Creative', 'join Saga');
  const { players } = (await status(place)) as { players: { online: number; sample: { name: string }[] } };
  expect(players.online).toBe(2);
  expect(players.sample.map(({ name }) => name).sort()).toEqual(['Saga', 'Wren']);

  const basic = await exchange(place, [askChallenge, (answer) => withChallenge(answer, [])]);
  const port = String.fromCharCode(place.port & 255, place.port >> 8);
  expect(basic?.toString('latin1', 5)).toBe(
    ['Creative', 'SMP', 'world', '2', '20', `${port}${place.host}`, ''].join('\0'),
  );
  const full = await exchange(place, [askChallenge, (answer) => withChallenge(answer, [0, 0, 0, 0])]);
  expect(full?.toString('latin1').slice(-11)).toBe('Wren\0Saga\0\0');
  expect(full?.toString('latin1')).toContain(['', 'numplayers', '2', 'maxplayers', '20', ''].join('\0'));
  const guessed = [askChallenge, () => Buffer.from([0xfe, 0xfd, 0, ...session, 0, 0, 0, 1])];
  expect(await exchange(place, guessed, 400)).toBeNull();

  await power('Creative', 'stop');
  await isIn('Creative', 'offline');
  await expect(status(place)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(await exchange(place, [askChallenge], 400)).toBeNull();
});

test('answers stop, come late, are garbage or tell other slots as a test wants, set before the start or later', async () => {
  const { sandbox, power, isIn, place: placeOf } = await start();
  const place = placeOf('Creative');
  const { games } = sandbox.changes;
  games.disturbQueries('Creative', { slots: 3 });
  await power('Creative', 'start');
  await isIn('Creative', 'running');
  expect(await status(place)).toMatchObject({ players: { max: 3 } });
  games.disturbQueries('Creative', { answers: false });
  await pause(200);
  expect(await status(place, 400)).toBeNull();
  expect(await exchange(place, [askChallenge], 400)).toBeNull();
  games.disturbQueries('Creative', { loss: 1 });
  await pause(200);
  expect(await exchange(place, [askChallenge], 400)).toBeNull();
  games.disturbQueries('Creative', { delayMs: 700 });
  await pause(200);
  expect(await exchange(place, [askChallenge], 300)).toBeNull();
  expect(await exchange(place, [askChallenge])).not.toBeNull();
  games.disturbQueries('Creative', { garbage: true });
  await pause(200);
  const garbage = await exchange(place, [askChallenge]);
  expect(garbage?.length).toBeGreaterThan(5);
  expect(garbage?.subarray(1, 5)).not.toEqual(Buffer.from(session));
  games.disturbQueries('Creative', {});
  await pause(200);
  expect(await status(place)).toMatchObject({ players: { max: 20 } });
});

test('two sandboxes have addresses of their own, and a world keeps its address', async () => {
  const first = await start();
  const second = await start({ dataFolder: join(folder, 'second') });
  const { host } = first.place('Survival');
  expect(second.place('Survival')).toMatchObject({ port: 25_565 });
  expect(second.place('Survival').host).not.toBe(host);
  expect(first.place('Skyblock').host).toBe(host.replace(/1$/, '2'));
  await first.sandbox.stop();
  running.splice(running.indexOf(first.sandbox), 1);
  expect((await start()).place('Survival').host).toBe(host);
});
