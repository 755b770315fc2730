import { expect, it } from 'vitest';
import type { PowerState } from '../../../bridge/schema/domain.js';
import { aGame, broken, id, second } from './planted.js';

const rule = ['nothing is stopped or restarted for being empty while players are on'];
const emptySignals = [{ at: 500 * second, serverId: id, minutes: 3 }];
const on = (players: [number, number][]): string[] =>
  broken({ rest: { players: aGame({ players }, { emptySignals }) } });

it('a signal goes to a server on which nobody is', () => {
  expect(on([])).toEqual([]);
  expect(on([[400, 2]])).toEqual(rule);
  expect(on([[495, 1]])).toEqual(rule);
  // Somebody who came while the answer was on its way.
  expect(on([[499, 1]])).toEqual([]);
});

it('a signal comes only after the wished time without players that an answer could show', () => {
  const left: [number, number] = [460, 0];
  expect(
    on([
      [300, 1],
      [320, 0],
    ]),
  ).toEqual([]);
  expect(on([[400, 1], left])).toEqual([]);
  expect(on([[310, 1], left])).toEqual(rule);
  expect(on([[310, 1], [400, 3], left])).toEqual(rule);
  expect(on([[310, 1], [370, 0], [380, 2], left])).toEqual([]);
});

it('a signal comes only after the wished time of the process', () => {
  const restarted = (at: number): [number, PowerState][] => [
    [at - 2, 'stopping'],
    [at - 1, 'starting'],
    [at, 'running'],
  ];
  const rest = { players: aGame({}, { emptySignals }) };
  const brokenBy = (at: number) => broken({ truth: restarted(at), rest }).includes(rule[0] ?? '');
  expect([brokenBy(310), brokenBy(340)]).toEqual([false, true]);
});
