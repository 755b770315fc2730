import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { ExitWatch } from './exit-watch.js';

type Step = 'running' | 'starting' | 'stopping' | 'offline' | 'lines' | 'signal' | 'lost' | number;

/** Plays steps (a number waits) and returns the crashes with their times since the start. */
async function crashesOf(steps: Step[]) {
  const clock = new FakeClock(0);
  const crashes: { at: number; exitCode: number | null }[] = [];
  const watch = new ExitWatch(clock, (at, { exitCode }) => crashes.push({ at, exitCode }));
  for (const step of steps) {
    if (typeof step === 'number') await clock.advance(step);
    else if (step === 'lines') watch.lines({ exitCode: 1, outOfMemory: false });
    else if (step === 'signal') watch.ownSignal();
    else if (step === 'lost') watch.linkLost();
    else watch.power(step);
  }
  await clock.advance(5000);
  return crashes;
}

describe('ExitWatch', () => {
  it.each<[string, Step[], { at: number; exitCode: number | null }[]]>([
    ['an end in all order', ['running', 'stopping', 'offline'], []],
    ['crash lines', ['running', 100, 'offline', 'lines'], [{ at: 100, exitCode: 1 }]],
    ['crash lines before the state', ['running', 100, 'lines', 'offline'], [{ at: 100, exitCode: 1 }]],
    ['crash lines a second later', ['running', 'offline', 1000, 'lines'], [{ at: 1000, exitCode: 1 }]],
    ['an end without a word', ['running', 100, 'offline'], [{ at: 100, exitCode: null }]],
    ['our own kill', ['running', 'signal', 500, 'offline'], []],
    ['an old signal of ours', ['running', 'signal', 30_000, 'offline'], [{ at: 30_000, exitCode: null }]],
    ['a signal while in doubt', ['running', 'offline', 500, 'signal'], []],
    ['an end that nobody saw', ['running', 'lost', 'offline'], []],
    ['a first state', ['offline'], []],
    ['a start that fails without a word', ['offline', 'starting', 'offline'], []],
    ['somebody else starting it at once', ['running', 'offline', 500, 'starting'], []],
    ['a printed stop word', ['running', 'offline', 100, 'running'], []],
    [
      'lines that come late for a crash already told, which keeps its time',
      ['running', 'offline', 2500, 'lines'],
      [
        { at: 0, exitCode: null },
        { at: 0, exitCode: 1 },
      ],
    ],
    [
      'two crashes',
      ['running', 'offline', 'lines', 'starting', 'running', 60_000, 'offline', 'lines'],
      [
        { at: 0, exitCode: 1 },
        { at: 60_000, exitCode: 1 },
      ],
    ],
  ])('%s', async (_name, steps, crashes) => {
    expect(await crashesOf(steps)).toEqual(crashes);
  });
});
