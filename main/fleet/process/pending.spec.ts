import { describe, expect, it } from 'vitest';
import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import { afterSighting, deadline, given, giveUp, lost, sent, type PendingSignal } from './pending.js';
import { saying } from '../../../tests/support/spoken-problem.js';

/**
 * Plays states one second apart. Returns the number of states after which the signal was done; null = still waiting.
 */
function play(
  signal: PowerSignal,
  from: PowerState | null,
  states: PowerState[],
  uptimeMs: number | null = null,
) {
  let pending: PendingSignal | null = given(sent(signal, from, 0), 0);
  for (const [index, power] of states.entries()) {
    pending = afterSighting(pending, { power, at: (index + 1) * 1000, uptimeMs });
    if (pending === null) return { doneAfter: index + 1, pending: null };
  }
  return { doneAfter: null, pending };
}

describe('afterSighting', () => {
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
    ['restart', 'starting', ['starting', 'running'], null],
    ['restart', 'running', ['stopping', 'running'], 2],
    ['restart', 'offline', ['offline', 'running'], 2],
    ['restart', 'offline', ['offline', 'starting', 'running'], 3],
  ])('%s from %s, then %j', (signal, from, states, doneAfter) => {
    expect(play(signal, from, states).doneAfter).toBe(doneAfter);
  });

  it('accepts an unseen restart if the process is younger than the signal', () => {
    expect(play('restart', 'running', ['running'], 500).doneAfter).toBe(1);
    expect(play('restart', 'running', ['running'], 60_000).doneAfter).toBeNull();
    expect(play('restart', 'running', ['running'], 1000).doneAfter).toBeNull();
    const late = sent('restart', 'running', 10_000);
    expect(afterSighting(late, { power: 'running', at: 11_000, uptimeMs: 5000 })).not.toBeNull();
    expect(play('restart', 'running', ['running'], 0).doneAfter).toBeNull();
  });
});

describe('deadline and giveUp', () => {
  it.each<[PowerSignal, PowerState[], boolean, number, RegExp | null]>([
    ['start', ['offline'], true, 15_000, /“Lobby” has not reacted to the start after 15 seconds/],
    ['start', [], false, 50_000, /can’t see the state of “Lobby”/],
    ['start', [], true, 15_000, /“Lobby” has not reacted to the start after 15 seconds/],
    ['start', ['stopping'], true, 15_000, /has not reacted/],
    ['stop', ['starting'], true, 15_000, /has not reacted/],
    ['stop', ['stopping', 'running'], true, 16_000, /has not reacted/],
    ['stop', ['running'], true, 15_000, /has not reacted/],
    ['stop', ['stopping'], true, 630_000, null],
    ['kill', ['stopping'], true, 630_000, null],
    ['restart', ['running'], true, 15_000, /has not reacted/],
    ['restart', ['stopping', 'offline', 'starting'], true, 6000, null],
    ['restart', ['stopping', 'offline'], true, 52_000, /“Lobby” stopped, but did not start again/],
    ['restart', ['offline', 'offline'], true, 51_000, /stopped, but did not start again/],
  ])('%s after %j', (signal, states, isLive, due, words) => {
    const { pending } = play(signal, signal === 'start' ? 'offline' : 'running', states);
    if (pending === null) throw new Error('The signal is done.');
    expect(deadline(pending, isLive)).toBe(due);
    const problem = giveUp(pending, 'Lobby', { now: due, isLive });
    if (words === null) expect(problem).toBeNull();
    else expect(problem?.message).toEqual(saying(words));
  });

  it.each([null, 'starting', 'offline'] as const)(
    'counts from the restart if the server stays as it was first seen, before the click %j',
    (from) => {
      const { pending } = play('restart', from, [from ?? 'running']);
      expect(pending && deadline(pending, true)).toBe(15_000);
    },
  );

  it('says that a signal without effect may still have one', () => {
    const { pending } = play('stop', 'running', ['running']);
    expect(pending && giveUp(pending, 'Lobby', { now: 15_000, isLive: true })).toMatchObject({
      maybeDone: true,
    });
  });

  it('does not report that a server stopped if it was offline all the time', () => {
    const { pending } = play('restart', 'offline', ['offline']);
    expect(pending && giveUp(pending, 'Lobby', { now: 15_000, isLive: true })?.message).toEqual(
      saying(/has not reacted/),
    );
  });
});

describe('a signal without an answer', () => {
  const live = { now: 60_000, isLive: true };

  it('is not reported as without effect before node or panel could have answered', () => {
    const pending = sent('stop', 'running', 0);
    expect(deadline(pending, true)).toBe(50_000);
    expect(giveUp(pending, 'Lobby', live)).toMatchObject({
      maybeDone: true,
      message: saying(/can’t see the state of “Lobby”, so the result of the stop is unknown/),
    });
  });

  it('waits for a state, and then as long as any other signal', () => {
    const pending = lost(sent('stop', 'running', 0));
    expect(deadline(pending, true)).toBe(630_000);
    const seen = afterSighting(pending, { power: 'running', at: 40_000, uptimeMs: null });
    if (seen === null) throw new Error('The signal is done.');
    expect(deadline(seen, true)).toBe(55_000);
    expect(deadline(seen, false)).toBe(80_000);
    const again = afterSighting(seen, { power: 'running', at: 50_000, uptimeMs: null });
    expect(again && deadline(again, true)).toBe(55_000);
    expect(giveUp(seen, 'Lobby', live)).toMatchObject({
      maybeDone: true,
      message: saying(/^“Lobby” has not reacted to the stop, and the confirmation was lost/),
      next: saying(/^It may still react/),
    });
    expect(afterSighting(seen, { power: 'offline', at: 60_000, uptimeMs: null })).toBeNull();
  });

  it('ignores states from before the answer was lost', () => {
    const seen = afterSighting(sent('stop', 'running', 0), { power: 'running', at: 1000, uptimeMs: null });
    expect(seen && lost(seen)).toMatchObject({ answer: 'lost', isSeen: false });
  });

  it('is not confirmed by a later answer', () => {
    expect(given(lost(sent('stop', 'running', 0)), 1000).answer).toBe('lost');
  });
});
