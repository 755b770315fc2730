import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keyHolders } from './data/seed.js';
import { exchange, QueriedSandboxes, status } from '../tests/support/queried-sandboxes.js';

let sandboxes: QueriedSandboxes;
beforeEach(() => {
  sandboxes = new QueriedSandboxes();
});
afterEach(() => sandboxes.end());

const session = [0x01, 0x02, 0x03, 0x04];
const askChallenge = () => Buffer.from([0xfe, 0xfd, 9, ...session]);
function withChallenge(answer: Buffer, padding: readonly number[]): Buffer {
  const challenge = Buffer.alloc(4);
  challenge.writeInt32BE(Number(answer.toString('latin1', 5, answer.length - 1)));
  return Buffer.from([0xfe, 0xfd, 0, ...session, ...challenge, ...padding]);
}

test('a Minecraft server answers the status and the query with its own players, while it runs', async () => {
  const { power, type, isIn, place: placeOf } = await sandboxes.start();
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
  expect(await exchange(place, guessed, { ms: 400 })).toBeNull();

  await power('Creative', 'stop');
  await isIn('Creative', 'offline');
  await expect(status(place)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(await exchange(place, [askChallenge], { ms: 400 })).toBeNull();
});

test('answers stop, come late, are garbage or tell other slots as a test wants, set before the start or later', async () => {
  const { sandbox, power, isIn, place: placeOf } = await sandboxes.start();
  const place = placeOf('Creative');
  const { games } = sandbox.changes;
  games.disturbQueries('Creative', { slots: 3 });
  await power('Creative', 'start');
  await isIn('Creative', 'running');
  expect(await status(place)).toMatchObject({ players: { max: 3 } });
  // The game reads each order a moment later.
  games.disturbQueries('Creative', { answers: false });
  await vi.waitFor(async () => expect(await status(place, 400)).toBeNull());
  expect(await exchange(place, [askChallenge], { ms: 400 })).toBeNull();
  games.disturbQueries('Creative', { loss: 1 });
  expect(await exchange(place, [askChallenge], { ms: 400 })).toBeNull();
  games.disturbQueries('Creative', { delayMs: 700 });
  await vi.waitFor(async () => expect(await exchange(place, [askChallenge])).not.toBeNull());
  expect(await exchange(place, [askChallenge], { ms: 300 })).toBeNull();
  games.disturbQueries('Creative', { garbage: true });
  await vi.waitFor(async () => {
    const garbage = await exchange(place, [askChallenge]);
    expect(garbage?.length).toBeGreaterThan(5);
    expect(garbage?.subarray(1, 5)).not.toEqual(Buffer.from(session));
  });
  games.disturbQueries('Creative', {});
  await vi.waitFor(async () => expect(await status(place)).toMatchObject({ players: { max: 20 } }));
});

test('two sandboxes have addresses of their own, and a world keeps its address', async () => {
  const first = await sandboxes.start();
  const second = await sandboxes.start({ dataFolder: join(sandboxes.folder, 'second') });
  const { host } = first.place('Survival');
  expect(second.place('Survival')).toMatchObject({ port: 25_565 });
  expect(second.place('Survival').host).not.toBe(host);
  expect(first.place('Skyblock').host).toBe(host.replace(/1$/, '2'));
  await sandboxes.stop();
  expect((await sandboxes.start()).place('Survival').host).toBe(host);
});

const header = Buffer.from([0xff, 0xff, 0xff, 0xff]);
/** A request of a Source game with the challenge of the answer before. */
const source = (body: string) => (answer: Buffer) =>
  Buffer.concat([
    header,
    Buffer.from(body, 'latin1'),
    answer.length === 9 ? answer.subarray(5) : Buffer.alloc(4),
  ]);

test('Rust, Valheim, Source games and Bedrock answer on their own ports with their own fields', async () => {
  const { power, type, isIn, place } = await sandboxes.start({ world: { everyGame: true } });
  for (const name of ['Longhouse', 'Pocket', 'Sandbox Night']) await power(name, 'start');
  for (const name of ['Rust Belt', 'Longhouse', 'Pocket', 'Sandbox Night']) {
    await isIn(name, 'running');
    for (const player of ['Wren', 'Saga']) await type(name, `join ${player}`);
  }
  const rust = { ...place('Rust Belt'), port: 28_017 };
  const ask = source('TSource Engine Query\0');
  const challenged = await exchange(rust, [ask]);
  expect(challenged?.subarray(0, 5)).toEqual(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x41]));
  const info = (await exchange(rust, [ask, ask]))?.toString('latin1');
  expect(info).toContain('\0rust\0Rust\0');
  expect(info).toContain('mp40,cp2,');
  const people = (await exchange(rust, [source('U'), source('U')]))?.toString('latin1');
  expect(people?.slice(4, 7)).toBe('D\u0002\0');
  expect(people?.slice(7)).toMatch(/^Scientist \d+\0/);
  expect(people).not.toContain('Wren');
  const parts = await exchange(rust, [source('V'), source('V')], { packets: 3 });
  expect(parts?.subarray(0, 4)).toEqual(Buffer.from([0xfe, 0xff, 0xff, 0xff]));
  expect([parts?.[8], parts?.[9], parts?.[1248 + 9]]).toEqual([3, 0, 1]);

  const valheim = { ...place('Longhouse'), port: place('Longhouse').port + 1 };
  const blank = await exchange(valheim, [source('U'), source('U')]);
  expect(blank?.subarray(4, 8)).toEqual(Buffer.from([0x44, 2, 0, 0]));
  const garrysmod = await exchange(place('Sandbox Night'), [source('U'), source('U')]);
  expect(garrysmod?.toString('latin1')).toMatch(/\0Wren\0.{8}\0Saga\0/s);

  const magic = Buffer.from('00ffff00fefefefefdfdfdfd12345678', 'hex');
  const time = Buffer.from('0000000000001234', 'hex');
  const pong = await exchange(place('Pocket'), [
    () => Buffer.concat([Buffer.from([1]), time, magic, Buffer.alloc(8)]),
  ]);
  expect(pong?.subarray(0, 9)).toEqual(Buffer.from([0x1c, ...time]));
  expect(pong?.toString('utf8', 35)).toMatch(/^MCPE;Pocket;844;1\.21\.120;2;10;\d+;/);
});

test('simulated servers answer queries if the sandbox is set so, each for itself', async () => {
  const { sandbox, names, place, type, isIn } = await sandboxes.start({
    world: { syntheticServers: 40, withoutDemo: true, answersOnPaper: true },
  });
  const running = (isWanted: (eggId: number) => boolean): string[] =>
    names.filter((each) => {
      const { eggId, lastState, ownerId } = sandbox.changes.server(each);
      return isWanted(eggId) && ownerId === keyHolders.owner && lastState !== 'offline';
    });
  const [minecraft = ''] = running((eggId) => eggId <= 2);
  await isIn(minecraft, 'running');
  const online = async () =>
    ((await status(place(minecraft))) as { players: { online: number } }).players.online;
  const before = await online();
  await type(minecraft, 'join Zelda');
  expect(await online()).toBe(before + 1);
  await type(minecraft, 'leave Zelda');
  expect(await online()).toBe(before);

  const [first = '', second = ''] = running((eggId) => eggId === 4);
  await isIn(first, 'running');
  await isIn(second, 'running');
  const ask = source('TSource Engine Query\0');
  const counted = async (name: string): Promise<number> => {
    const { host, port } = place(name);
    const info = (await exchange({ host, port: port + 2 }, [ask, ask]))?.toString('latin1') ?? '';
    return Number(/,cp(\d+),/.exec(info)?.[1] ?? 'NaN');
  };
  const counts = [await counted(first), await counted(second)];
  await type(second, 'join Zelda');
  expect([await counted(first), await counted(second)]).toEqual([counts[0], (counts[1] ?? 0) + 1]);
});

test('Pelican’s plugin returns the panel’s count of the game, at most twice a minute', async () => {
  const { sandbox, panel, key, power, type, isIn } = await sandboxes.start({}, 'pelican');
  const ask = async (name: string, path: string): Promise<{ status: number; text: string }> => {
    const { uuid } = sandbox.changes.server(name);
    const headers = { accept: 'application/json', authorization: `Bearer ${key}` };
    const answer = await fetch(`${panel}/api/client/servers/${uuid}/query${path}`, { headers });
    return { status: answer.status, text: await answer.text() };
  };
  expect(await ask('Creative', '')).toMatchObject({ status: 404 });
  sandbox.changes.setPanelState({ playerCounter: true });
  const offline = await ask('Creative', '');
  expect([offline.status, offline.text]).toEqual([406, expect.stringContaining('Server is offline')]);
  await power('Creative', 'start');
  await isIn('Creative', 'running');
  sandbox.changes.people.refill();
  const nobody = await ask('Creative', '/players');
  expect([nobody.status, nobody.text]).toEqual([406, expect.stringContaining('no player list')]);
  for (const player of ['Wren', 'Saga']) await type('Creative', `join ${player}`);
  expect(JSON.parse((await ask('Creative', '')).text)).toEqual({
    hostname: 'Creative',
    map: 'world',
    current_players: 2,
    max_players: 20,
  });
  expect(await ask('Creative', '')).toMatchObject({ status: 429 });
  sandbox.changes.people.refill();
  expect(await ask('Creative', '/players')).toEqual({ status: 200, text: '["Wren","Saga"]' });
  await isIn('Rust Belt', 'running');
  await type('Rust Belt', 'join Wren');
  expect(JSON.parse((await ask('Rust Belt', '')).text)).toMatchObject({ max_players: 40 });
  expect((await ask('Rust Belt', '/players')).text).toMatch(/^\["Scientist \d+"/);
  await isIn('Lobby', 'running');
  expect((await ask('Lobby', '')).text).toContain('Server has no query');
});
