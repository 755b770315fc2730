import { describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { UnseenEnd } from '../../../bridge/schema/process-end.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { someSignals } from '../../../tests/support/sent-signals.js';
import { ProcessStory } from './process-story.js';

type Step =
  'running' | 'starting' | 'stopping' | 'offline' | 'lines' | 'lost' | 'silence' | PowerSignal | number;

interface Told {
  at: number;
  exitCode: number | null;
  unseen?: UnseenEnd;
}

/**
 * Plays steps and returns the crashes with their times since the start. A number waits while usage arrives every
 * second; a silence waits without usage.
 */
async function crashesOf(steps: Step[]) {
  const clock = new FakeClock(0);
  const crashes: Told[] = [];
  const sent = someSignals(clock);
  const story = new ProcessStory({
    clock,
    sentAfter: sent.of('home/1'),
    isClosed: () => false,
    crashed: ({ at, crash: { exitCode, unseen } }) =>
      crashes.push({ at, exitCode, ...(unseen === undefined ? {} : { unseen }) }),
  });
  for (const step of steps) {
    if (typeof step === 'number') {
      for (let left = step; left > 0; left -= 1000) {
        await clock.advance(Math.min(1000, left));
        story.take({ kind: 'usage', uptimeMs: 0 });
      }
    } else if (step === 'silence') await clock.advance(6000);
    else if (step === 'lines') story.take({ kind: 'lines', crash: { exitCode: 1, outOfMemory: false } });
    else if (step === 'start' || step === 'stop' || step === 'restart' || step === 'kill')
      sent.sent('home/1', step);
    else if (step === 'lost') story.take({ kind: 'link', isLive: false });
    else story.take({ kind: 'state', power: step, isLive: true });
  }
  await clock.advance(5000);
  return crashes;
}

describe('an end on a live socket', () => {
  const restarted = (from: number, to: number): UnseenEnd => ({ what: 'restarted', from, to });

  it.each<[string, Step[], Told[]]>([
    ['a normal end', ['running', 'stopping', 'offline'], []],
    ['crash lines', ['running', 100, 'offline', 'lines'], [{ at: 100, exitCode: 1 }]],
    ['crash lines before the state', ['running', 100, 'lines', 'offline'], [{ at: 100, exitCode: 1 }]],
    ['crash lines a second later', ['running', 'offline', 1000, 'lines'], [{ at: 1000, exitCode: 1 }]],
    ['an end without a word', ['running', 100, 'offline'], [{ at: 100, exitCode: null }]],
    ['our own kill', ['running', 'kill', 500, 'offline'], []],
    ['our own stop', ['running', 'stop', 500, 'offline'], []],
    ['our own restart', ['running', 'restart', 500, 'offline'], []],
    [
      'a crash soon after our own start',
      ['offline', 'start', 'starting', 'running', 10_000, 'offline'],
      [{ at: 10_000, exitCode: null }],
    ],
    [
      'a crash soon after our own restart is over',
      ['running', 'restart', 'stopping', 'offline', 'starting', 'running', 10_000, 'offline'],
      [{ at: 10_000, exitCode: null }],
    ],
    ['an old signal of ours', ['running', 'kill', 30_000, 'offline'], [{ at: 30_000, exitCode: null }]],
    ['a signal that comes after the end', ['running', 'offline', 500, 'kill'], [{ at: 0, exitCode: null }]],
    [
      'our own restart after the end',
      ['running', 'offline', 500, 'restart', 'starting', 1000, 'running'],
      [{ at: 0, exitCode: null }],
    ],
    [
      'an end after a silence, in which a stop may have been missed',
      ['running', 'silence', 'offline'],
      [{ at: 6000, exitCode: null, unseen: { what: 'offline', from: 0, to: 6000 } }],
    ],
    ['lines after a silence', ['running', 'silence', 'offline', 'lines'], [{ at: 6000, exitCode: 1 }]],
    [
      'an end that nobody saw',
      ['running', 100, 'lost', 'offline'],
      [{ at: 100, exitCode: null, unseen: { what: 'offline', from: 100, to: 100 } }],
    ],
    [
      'an end just before the socket was lost',
      ['running', 100, 'offline', 500, 'lost', 'starting', 'running'],
      [{ at: 100, exitCode: null }],
    ],
    ['our own stop just before the socket was lost', ['running', 'stop', 'offline', 'lost'], []],
    ['a first state', ['offline'], []],
    ['a start that fails without a word', ['offline', 'starting', 'offline'], []],
    [
      'somebody else starting it at once, which leaves open whether it crashed',
      ['running', 'offline', 500, 'starting', 1000, 'running'],
      [{ at: 0, exitCode: null, unseen: restarted(0, 500) }],
    ],
    [
      'our own start at once',
      ['running', 'offline', 500, 'start', 'starting', 1000, 'running'],
      [{ at: 0, exitCode: null }],
    ],
    [
      'the node starting it at once, and lines that say so later',
      ['running', 'offline', 100, 'starting', 400, 'lines', 2000, 'running'],
      [{ at: 500, exitCode: 1 }],
    ],
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
