import { expect, it } from 'vitest';
import { anAnswer, aQueriesRig } from '../../tests/support/fake-queries.js';
import { isOwnZero } from './own-zero.js';
import { PlayerProof } from './player-proof.js';

const minute = 60_000;

/** Two running servers whose games answer from these addresses. */
async function twoServers(fromA: string, fromB: string, mayHidePlayers = false) {
  const rig = aQueriesRig();
  const [a, b] = [rig.add('a'), rig.add('b')];
  rig.games.set('a', () => anAnswer({ from: fromA }));
  rig.games.set('b', () => anAnswer({ from: fromB }));
  const proof = new PlayerProof({ ...rig, mayHidePlayers: () => mayHidePlayers });
  proof.start();
  rig.queries.start();
  await rig.clock.advance(minute);
  expect([rig.row(a), rig.row(b)]).toMatchObject([{ players: { count: 0 } }, { players: { count: 0 } }]);
  const isOwn = (id: string): boolean => isOwnZero(rig.row(id), { proof, queries: rig.queries });
  return { ...rig, a, b, isOwn };
}

it('a zero of one game is the zero of its server', async () => {
  const { isOwn, a, b } = await twoServers('10.0.0.1:25565', '10.0.0.2:25565');
  expect([isOwn(a), isOwn(b)]).toEqual([true, true]);
});

it('a zero that two servers share is the zero of neither, and is so again when they part', async () => {
  const rig = await twoServers('10.0.0.1:25565', '10.0.0.1:25565');
  expect([rig.isOwn(rig.a), rig.isOwn(rig.b)]).toEqual([false, false]);
  rig.games.set('b', () => anAnswer({ from: '10.0.0.2:25565' }));
  await rig.clock.advance(2 * minute);
  expect([rig.isOwn(rig.a), rig.isOwn(rig.b)]).toEqual([true, true]);
});

it('a zero of a game that may hide its players is no zero before the game has counted one', async () => {
  const { isOwn, a } = await twoServers('10.0.0.1:25565', '10.0.0.2:25565', true);
  expect(isOwn(a)).toBe(false);
});
