/** Compares queries with the sandbox's games, which were written independently and know the true values. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import { QueriedSandboxes, type QueriedSandbox } from '../../tests/support/queried-sandboxes.js';
import { systemClock } from '../base/clock.js';
import { QueryFailure, type QueryPlace } from '../base/query-ports.js';
import { DialedQueryWire } from '../net/query-wire.js';
import type { QueryAnswer } from './query-answer.js';
import { GameQuery } from './query.js';

let sandboxes: QueriedSandboxes;
beforeEach(() => {
  sandboxes = new QueriedSandboxes();
});
afterEach(() => sandboxes.end());

const wire = new DialedQueryWire({ resolve: () => Promise.resolve('DIRECT'), forget: () => undefined });
const query = new GameQuery({ wire, clock: systemClock, random: Math.random });

function ask(protocol: QueryProtocolId, place: QueryPlace): Promise<QueryAnswer> {
  return query.ask(protocol, place, new AbortController().signal);
}

async function failureOf(run: Promise<unknown>): Promise<string> {
  const caught: unknown = await run.then(
    () => null,
    (error: unknown) => error,
  );
  return caught instanceof QueryFailure ? caught.kind : 'none';
}

interface Asked {
  readonly protocol: QueryProtocolId;
  readonly server: string;
  /** Distance from the port of the allocation. */
  readonly offset?: number;
  readonly slots: number;
  /** Names that a player of the game sees; null = the game tells none. */
  readonly names: readonly string[] | null;
}

const here = ['Saga', 'Wren'];
const asked: readonly Asked[] = [
  { protocol: 'minecraft-status', server: 'Creative', slots: 20, names: here },
  { protocol: 'minecraft-query', server: 'Creative', slots: 20, names: here },
  { protocol: 'minecraft-status', server: 'Lobby', slots: 500, names: null },
  { protocol: 'source', server: 'Rust Belt', offset: 28_017 - 25_505, slots: 40, names: null },
  { protocol: 'source', server: 'Longhouse', offset: 1, slots: 64, names: null },
  { protocol: 'source', server: 'Sandbox Night', slots: 32, names: here },
  { protocol: 'bedrock', server: 'Pocket', slots: 10, names: null },
  { protocol: 'teamspeak', server: 'Voice', offset: 10_011 - 9987, slots: 32, names: here },
  { protocol: 'fivem', server: 'Los Santos', slots: 48, names: here },
];

function placeOf({ place }: QueriedSandbox, { server, offset = 0 }: Asked): QueryPlace {
  const { host, port } = place(server);
  return { host, port: port + offset, mayBeHere: true };
}

test('every game tells its true players and slots, and no answer before and after it runs', async () => {
  const sandbox = await sandboxes.start({ world: { everyGame: true } });
  const creative: QueryPlace = { ...sandbox.place('Creative'), mayBeHere: true };
  expect(await failureOf(ask('minecraft-status', creative))).toBe('refused');
  const offline = ['Creative', 'Longhouse', 'Sandbox Night', 'Pocket', 'Voice', 'Los Santos'];
  for (const name of offline) await sandbox.power(name, 'start');
  for (const name of new Set(asked.map(({ server }) => server))) {
    await sandbox.isIn(name, 'running');
    for (const player of here) await sandbox.type(name, `join ${player}`);
  }
  for (const each of asked) {
    const answer = await ask(each.protocol, placeOf(sandbox, each));
    const names = answer.names?.map(({ name }) => name).sort() ?? null;
    const told = { server: each.server, players: answer.players, slots: answer.slots, names };
    expect(told).toEqual({ server: each.server, players: 2, slots: each.slots, names: each.names });
    expect(answer.pingMs).toBeGreaterThanOrEqual(0);
  }
  await sandbox.type('Creative', 'leave');
  expect(await ask('minecraft-query', creative)).toMatchObject({ players: 0, slots: 20 });
  await sandbox.power('Creative', 'stop');
  await sandbox.isIn('Creative', 'offline');
  expect(await failureOf(ask('minecraft-status', creative))).toBe('refused');
});

test('a silent game, garbage and a lost half of the packets never make a wrong figure', async () => {
  const sandbox = await sandboxes.start({ world: { everyGame: true } });
  const { games } = sandbox.sandbox.changes;
  for (const name of ['Sandbox Night', 'Pocket']) {
    await sandbox.power(name, 'start');
    await sandbox.isIn(name, 'running');
    for (const player of here) await sandbox.type(name, `join ${player}`);
  }
  const night: QueryPlace = { ...sandbox.place('Sandbox Night'), mayBeHere: true };
  const pocket: QueryPlace = { ...sandbox.place('Pocket'), mayBeHere: true };
  // A game reads its orders a moment later.
  for (const name of ['Sandbox Night', 'Pocket']) games.disturbQueries(name, { answers: false });
  await vi.waitFor(async () => expect(await failureOf(ask('source', night))).toBe('silent'));
  for (const name of ['Sandbox Night', 'Pocket']) games.disturbQueries(name, { garbage: true });
  expect(await failureOf(ask('source', night))).toMatch(/^(?:silent|nonsense)$/);
  expect(await failureOf(ask('bedrock', pocket))).toMatch(/^(?:silent|nonsense)$/);
  for (const name of ['Sandbox Night', 'Pocket']) games.disturbQueries(name, { loss: 0.5 });
  const figures = await Promise.all(
    Array.from({ length: 20 }, (_, turn) =>
      turn % 2 === 0 ? ask('source', night) : ask('bedrock', pocket),
    ).map((run) => run.then(({ players }) => players).catch(() => null)),
  );
  expect(figures.filter((count) => count !== null && count !== 2)).toEqual([]);
  games.disturbQueries('Sandbox Night', { hasPassword: true, hides: true, slots: 2 });
  await vi.waitFor(async () => {
    const full = await ask('source', night);
    expect(full).toMatchObject({ players: 2, slots: 2, hasPassword: true });
    expect(full.names?.length ?? 0).toBe(0);
  });
});
