import { describe, expect, it } from 'vitest';
import type { PowerSignal, PowerState } from '../../../bridge/domain.js';
import { deadline, follow, giveUp, sent, type PendingSignal } from './pending.js';
import { saying } from '../../../tests/support/spoken-problem.js';

/** Plays states, one second apart, and tells after how many the signal was done; null = it still waits. */
function play(
  signal: PowerSignal,
  from: PowerState | null,
  states: PowerState[],
  uptimeMs: number | null = null,
) {
  let pending: PendingSignal | null = sent(signal, from, 0);
  for (const [index, power] of states.entries()) {
    pending = follow(pending, { power, at: (index + 1) * 1000, uptimeMs });
    if (pending === null) return { doneAfter: index + 1, pending: null };
  }
  return { doneAfter: null, pending };
}

describe('follow', () => {
  it.each<[PowerSignal, PowerState | null, PowerState[], number | null]>([
    ['start', 'offline', ['offline', 'starting'], 2],
    ['start', 'offline', ['running'], 1],
    ['start', null, ['offline'], null],
    ['stop', 'running', ['running', 'stopping', 'offline'], 3],
    ['stop', 'running', ['stopping'], null],
    ['kill', 'stopping', ['stopping', 'offline'], 2],
    ['restart', 'running', ['running'], null],
    ['restart', 'running', ['stopping', 'offline', 'starting', 'running'], 4],
    ['restart', 'running', ['offline', 'running'], 2],
    ['restart', 'running', ['starting', 'running'], 2],
    ['restart', 'starting', ['starting'], null],
    ['restart', 'starting', ['running'], null],
    ['restart', 'offline', ['offline', 'running'], 2],
    ['restart', 'offline', ['offline', 'starting', 'running'], 3],
  ])('%s from %s, then %j', (signal, from, states, doneAfter) => {
    expect(play(signal, from, states).doneAfter).toBe(doneAfter);
  });

  it('believes a restart that was not seen when the process is younger than the signal', () => {
    expect(play('restart', 'running', ['running'], 500).doneAfter).toBe(1);
    expect(play('restart', 'running', ['running'], 60_000).doneAfter).toBeNull();
    expect(play('restart', 'running', ['running'], 0).doneAfter).toBeNull();
  });
});

describe('deadline and giveUp', () => {
  it.each<[PowerSignal, PowerState[], boolean, number, RegExp | null]>([
    ['start', ['offline'], true, 15_000, /Nothing happened on “Lobby” within 15 seconds of the signal start/],
    ['start', [], false, 50_000, /Nothing happened/],
    ['stop', ['running'], true, 15_000, /Nothing happened/],
    ['stop', ['stopping'], true, 630_000, null],
    ['kill', ['stopping'], true, 630_000, null],
    ['restart', ['running'], true, 15_000, /Nothing happened/],
    ['restart', ['stopping', 'offline', 'starting'], true, 6000, null],
    ['restart', ['stopping', 'offline'], true, 17_000, /stopped, but did not start again/],
  ])('%s after %j', (signal, states, isLive, due, words) => {
    const { pending } = play(signal, signal === 'start' ? 'offline' : 'running', states);
    if (pending === null) throw new Error('The signal is done.');
    expect(deadline(pending, isLive)).toBe(due);
    const problem = giveUp(pending, 'Lobby', due);
    if (words === null) expect(problem).toBeNull();
    else expect(problem?.message).toEqual(saying(words));
  });

  it('does not say that a server stopped which was offline all the time', () => {
    const { pending } = play('restart', 'offline', ['offline']);
    expect(pending && giveUp(pending, 'Lobby', 15_000)?.message).toEqual(saying(/Nothing happened/));
  });
});
