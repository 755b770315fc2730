/** The rules of the story at the limits of their times, without a clock. */
import { describe, expect, it } from 'vitest';
import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import type { SentSignal } from './sent-signals.js';
import { continued, dueAt } from './story.js';
import { newStory, type Moment, type ProcessInput, type Story } from './story-state.js';

/** `own stop` = a signal of the user; a number waits so many ms and lets every due time pass. */
type Step = ProcessInput | `own ${PowerSignal}` | PowerState | 'lost' | 'live' | 'closed' | 'open' | number;

const lines = (exitCode: number): ProcessInput => ({
  kind: 'lines',
  crash: { exitCode, outOfMemory: false },
});
const age = (uptimeMs: number): ProcessInput => ({ kind: 'usage', uptimeMs });
const poll = (power: PowerState): ProcessInput => ({ kind: 'poll', power, uptimeMs: 0 });
const old = (power: PowerState): ProcessInput => ({ kind: 'state', power, isLive: false });
const powers: readonly unknown[] = ['running', 'offline', 'starting', 'stopping'] satisfies PowerState[];

function inputOf(step: Exclude<Step, number>): ProcessInput {
  if (typeof step === 'object') return step;
  if (powers.includes(step)) return { kind: 'state', power: step as PowerState, isLive: true };
  return { kind: 'link', isLive: step === 'live' };
}

/** Plays steps and returns each crash: its time, and its exit code or what nobody saw. */
function crashesOf(steps: readonly Step[]): string[] {
  let story: Story = newStory;
  let now = 0;
  let isClosed = false;
  const sent: SentSignal[] = [];
  const crashes: string[] = [];
  const take = (input: ProcessInput): void => {
    const moment: Moment = { now, sent: [...sent], isClosed };
    story = Object.freeze(continued(story, input, moment));
    for (const { at, crash } of story.crashes) {
      const { exitCode, unseen } = crash;
      crashes.push(`${at} ${unseen === undefined ? exitCode : `${unseen.what} ${unseen.from}-${unseen.to}`}`);
    }
  };
  for (const step of steps) {
    if (typeof step === 'number') {
      const end = now + step;
      for (; dueAt(story) <= end; take({ kind: 'time' })) now = Math.max(now, dueAt(story));
      now = end;
    } else if (step === 'closed' || step === 'open') isClosed = step === 'closed';
    else if (typeof step === 'string' && step.startsWith('own ')) {
      const signal = step.slice(4) as PowerSignal;
      sent.push({ id: sent.length + 1, signal, at: now, actor: { kind: 'me', bulk: false } });
    } else take(inputOf(step as Exclude<Step, number>));
  }
  return crashes;
}

/** A server that has run for a minute on a live socket. */
const up: readonly Step[] = ['live', 'running', 30_000, age(90_000), 30_000, age(120_000)];

describe('crash lines', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['2 s before an end', [lines(1), 2000, age(122_000), 'offline', 9000], ['60000 1']],
    ['more than 2 s before an end', [lines(1), 2001, age(122_001), 'offline', 9000], ['62001 null']],
    ['that wait for those of the node', [lines(1), 'offline', 1499], []],
    ['that waited 1.5 s', [lines(1), 'offline', 1500], ['60000 1']],
    ['after an end that may be false', ['offline', 100, lines(1), 399], []],
    ['after an end that has lasted 0.5 s', ['offline', 100, lines(1), 400], ['60100 1']],
    ['later than 0.5 s after an end', ['offline', 501, lines(1)], ['60501 1']],
    ['0.5 s after an end', ['offline', 500, lines(1)], ['60500 1']],
    ['5 s after a requested end', ['stopping', 'offline', 4999, lines(1), 'lost'], []],
    ['later than that', ['stopping', 'offline', 5000, lines(1)], ['65000 1']],
    ['after a requested end that is repeated', ['stopping', 'offline', 'offline', lines(1), 3000], []],
    ['1 s after a start', ['offline', 'starting', 1000, lines(1)], ['61000 1']],
    [
      'later than 1 s after a start',
      ['offline', 'starting', 1001, lines(1), 9000],
      ['60000 restarted 60000-60000'],
    ],
    [
      'after a start, for an end that has some',
      ['offline', 500, lines(1), 'starting', lines(2)],
      ['60500 1'],
    ],
    [
      'before an end, with others after a start',
      [lines(1), 'offline', 'starting', 300, lines(2)],
      ['60300 2'],
    ],
    ['before an end, with a start', [lines(1), 'offline', 'starting', 1500], ['60000 1']],
    ['after an end, with a start', ['offline', lines(1), 'starting'], ['60000 1']],
    [
      'before an end, with a start that somebody stops',
      [lines(1), 'offline', 100, 'starting', 'stopping', 3000],
      ['60000 restarted 60000-60100'],
    ],
    ['after an end, with a lost socket', ['offline', lines(1), 'lost'], ['60000 1']],
    ['before an end, with a lost socket', [lines(1), 100, 'offline', 'lost'], ['60100 null']],
    ['with an age that is not known', [lines(1), age(0)], []],
    ['with the same age', [lines(1), age(120_000)], []],
    ['with a lower age', [lines(1), age(119_999)], ['60000 1']],
    ['with a lower age while it stops', [lines(1), 'stopping', age(1)], []],
    ['after a start of the user', ['own start', lines(1), 'offline', 1500], ['60000 1']],
    [
      'after a kill of the process before',
      ['own kill', 'offline', 'starting', 'running', lines(1), 'offline', 1500],
      ['60000 1'],
    ],
    ['before a kill of the user', [lines(1), 'own kill', 'offline', 9000], []],
    ['before a kill of the user, with a start', [lines(1), 'own kill', 'starting', 9000], []],
    ['before a missed end', [lines(1), 'starting'], ['60000 1']],
    ['within 5 s of a crash', ['offline', 2000, 2999, lines(1)], ['60000 null', '60000 1']],
    ['5 s after a crash', ['offline', 2000, 3000, lines(1)], ['60000 null', '65000 1']],
  ])('%s', (_name, steps, crashes) => {
    expect(crashesOf([...up, ...steps])).toEqual(crashes);
  });

  it('near states that came before the socket was live count', () => {
    expect(crashesOf([old('running'), lines(1), old('offline'), 1500])).toEqual(['0 1']);
  });
});

describe('an end without crash lines', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['on a socket that was silent for 5 s', [5000, 'offline', 2000], ['65000 null']],
    ['on a socket that was silent for longer', [5001, 'offline', 2000], ['65001 offline 60000-65001']],
    ['that is less than 2 s old', ['offline', 1999], []],
    ['30 s after a signal of the user', ['own stop', 29_999, age(0), 'offline', 5000], []],
    ['later than that', ['own stop', 30_000, age(0), 'offline', 5000], ['90000 null']],
    ['that nobody saw', ['starting', 5000], []],
    ['of a stop', ['stopping', 'offline', 5000], []],
    [
      'within 5 s of a crash',
      ['offline', 500, lines(1), 'starting', 'running', 4999, age(4999), 'offline', 3000],
      ['60500 1'],
    ],
    [
      '5 s after a crash',
      ['offline', 500, lines(1), 'starting', 'running', 5000, age(5000), 'offline', 3000],
      ['60500 1', '65500 null'],
    ],
    [
      'with a start of the user in the same moment',
      ['offline', 'own start', 'starting', 2000],
      ['60000 null'],
    ],
    ['with a start by somebody', ['offline', 1, 'starting', 2000], ['60000 restarted 60000-60001']],
    ['of a server that the node deleted', ['offline', { kind: 'deleted' }, 'lost', 5000], []],
    ['of a closed server', ['closed', 'running', 'offline', 'open', 5000], []],
    ['that a state before the live socket shows', ['lost', old('running'), old('offline'), 5000], []],
  ])('%s', (_name, steps, crashes) => {
    expect(crashesOf([...up, ...steps])).toEqual(crashes);
  });
});

describe('an end that nobody saw', () => {
  it.each<[string, readonly Step[], readonly string[]]>([
    ['is reported after 2 s', ['lost', 1000, 'offline', 1999], []],
    ['gives way to crash lines', ['lost', 1000, 'offline', 1000, lines(1), 9000], ['62000 1']],
    [
      'is looked for on the new socket only after its first state',
      ['lost', 1000, age(0), 'offline', 2000],
      ['61000 offline 60000-61000'],
    ],
    [
      'is not looked for while the server is closed',
      ['closed', 1000, age(0), 'open', 'lost', 'offline', 2000],
      ['61000 offline 60000-61000'],
    ],
    [
      'is none if the server was closed at the first state',
      ['lost', 'closed', 'offline', 'open', 'offline', 5000],
      [],
    ],
    ['is looked for once', ['lost', 'running', 500, age(120_500), 500, age(1), 5000], []],
    [
      'is explained by a signal that has had no effect',
      ['own stop', 1000, age(121_000), 'lost', 'offline', 5000],
      [],
    ],
    [
      'is not explained by a signal that has had its effect',
      ['own restart', 'offline', 'starting', 'running', 'lost', 1000, 'offline', 2000],
      ['61000 offline 60000-61000'],
    ],
    [
      'is explained for 2 minutes',
      ['own stop', 119_999, 'running', age(300_000), 'lost', 'offline', 5000],
      [],
    ],
    [
      'is not explained after that',
      ['own stop', 120_000, 'running', age(300_000), 'lost', 'offline', 5000],
      ['180000 offline 180000-180000'],
    ],
  ])('%s', (_name, steps, crashes) => {
    expect(crashesOf([...up, ...steps])).toEqual(crashes);
  });

  it.each([
    [19_999, []],
    [20_000, ['20000 offline -20000-20000']],
  ])('may be older than Perch for 20 s after its first look (%i ms)', (ms, crashes) => {
    expect(crashesOf([poll('running'), ms, poll('offline'), 2000])).toEqual(crashes);
  });
});

it('does not continue before its time', () => {
  const now = { now: 0, sent: [], isClosed: false };
  const running = continued(newStory, { kind: 'state', power: 'running', isLive: true }, now);
  const ended = continued(running, { kind: 'state', power: 'offline', isLive: true }, now);
  expect([dueAt(running), dueAt(ended)]).toEqual([Infinity, 2000]);
  expect(continued(ended, { kind: 'time' }, { ...now, now: 1999 })).toEqual(ended);
});
