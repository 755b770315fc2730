import { describe, expect, it } from 'vitest';
import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { someSignals } from '../../../tests/support/sent-signals.js';
import { ProcessStory } from './process-story.js';

const ages = { old: 3_600_000, young: 5000 };

/**
 * `poll running old` = a poll with the age of the process; `live running` = a state from the socket; `age young` =
 * usage from the socket; `lost` = the socket is down; a number waits.
 */
type Step =
  | `poll ${PowerState}`
  | `poll running ${keyof typeof ages}`
  | `live ${PowerState}`
  | `age ${keyof typeof ages}`
  | `own ${PowerSignal}`
  | 'refused'
  | 'lost'
  | 'forget'
  | 'closed'
  | 'open'
  | number;

/** Plays steps and returns the ends, each with the seconds between which it happened. */
async function endsOf(steps: readonly Step[]): Promise<string[]> {
  const clock = new FakeClock(0);
  const ends: string[] = [];
  let isClosed = false;
  let last: PowerSignal = 'stop';
  const sent = someSignals(clock);
  const story = new ProcessStory({
    clock,
    sentAfter: sent.of('home/1'),
    isClosed: () => isClosed,
    crashed: ({ crash: { unseen } }) => {
      if (unseen !== undefined) ends.push(`${unseen.what} ${unseen.from / 1000}-${unseen.to / 1000}`);
    },
  });
  for (const step of steps) {
    if (typeof step === 'number') {
      await clock.advance(step * 1000);
      continue;
    }
    const [word, what, age] = step.split(' ') as [string, string, (keyof typeof ages)?];
    const power = what as PowerState;
    if (word === 'poll') story.take({ kind: 'poll', power, uptimeMs: age === undefined ? 0 : ages[age] });
    else if (word === 'live') story.take({ kind: 'state', power, isLive: true });
    else if (word === 'age') story.take({ kind: 'usage', uptimeMs: ages[what as keyof typeof ages] });
    else if (word === 'own') sent.sent('home/1', (last = what as PowerSignal));
    else if (word === 'refused') sent.refused('home/1', last);
    else if (word === 'lost') story.take({ kind: 'link', isLive: false });
    else if (word === 'forget') story.take({ kind: 'forgotten' });
    else isClosed = word === 'closed';
  }
  await clock.advance(2000);
  return ends;
}

describe('between two polls', () => {
  it.each<[string, Step[], string[]]>([
    // A panel's answer may be 20 s old.
    ['an end', ['poll running', 60, 'poll running', 30, 'poll offline'], ['offline 40-90']],
    ['an end after the first poll', ['poll running', 30, 'poll offline'], ['offline -20-30']],
    ['a restart', [60, 'poll running old', 30, 'poll running young'], ['restarted 40-85']],
    ['a start that is under way', [60, 'poll running old', 30, 'poll starting'], ['restarted 40-90']],
    [
      'a start and what follows it',
      [60, 'poll running old', 30, 'poll starting', 30, 'poll running young'],
      ['restarted 40-90'],
    ],
    ['a stop that was seen', ['poll running', 30, 'poll stopping', 30, 'poll offline'], []],
    ['a server that was offline before Perch looked', ['poll offline', 30, 'poll offline'], []],
    [
      'an end that is looked at again',
      [60, 'poll running', 30, 'poll offline', 30, 'poll offline'],
      ['offline 40-90'],
    ],
    [
      'the next end',
      [60, 'poll running', 30, 'poll offline', 30, 'poll running', 30, 'poll offline'],
      ['offline 40-90', 'offline 100-150'],
    ],
    ['polls that fail in between', [60, 'poll running', 240, 'poll offline'], ['offline 40-300']],
    [
      'a server that is closed meanwhile',
      ['poll running', 30, 'closed', 'poll offline', 'open', 30, 'poll offline'],
      [],
    ],
    ['what is not true any more', ['poll running', 30, 'forget', 30, 'poll offline'], []],
    ['our own stop', ['poll running', 30, 'own stop', 10, 'poll offline'], []],
    [
      'our own stop that takes a while',
      ['poll running', 30, 'own stop', 10, 'poll running', 30, 'poll stopping', 300, 'poll offline'],
      [],
    ],
    ['our own kill, with polls that fail', ['poll running', 30, 'own kill', 300, 'poll offline'], []],
    ['our own restart', ['poll running old', 30, 'own restart', 30, 'poll running young'], []],
    [
      'our own restart and an end after it',
      [60, 'poll running old', 'own restart', 30, 'poll running young', 30, 'poll offline'],
      ['offline 70-120'],
    ],
    [
      'our own start and an end after it',
      [60, 'poll offline', 'own start', 30, 'poll running', 30, 'poll offline'],
      ['offline 70-120'],
    ],
    [
      'our own stop that the panel refused',
      [60, 'poll running', 'own stop', 'refused', 30, 'poll offline'],
      ['offline 40-90'],
    ],
    [
      'our own stop that came to nothing',
      [60, 'poll running', 'own stop', 150, 'poll running', 30, 'poll offline'],
      ['offline 190-240'],
    ],
    [
      'our own stop, with a start after it that was refused',
      [60, 'poll running', 'own stop', 'own start', 'refused', 30, 'poll offline'],
      [],
    ],
    [
      'our own kill that is late, with another one that was refused',
      ['poll running', 30, 'own kill', 10, 'own kill', 'refused', 60, 'poll offline'],
      [],
    ],
  ])('%s', async (_name, steps, ends) => {
    expect(await endsOf(steps)).toEqual(ends);
  });
});

describe('while the socket is down', () => {
  const up: Step[] = ['live running', 'age old', 100, 'age old'];

  it.each<[string, Step[], string[]]>([
    ['an end', [...up, 'lost', 4, 'live offline'], ['offline 100-104']],
    [
      'an end of a wire that was dead before anybody knew',
      [...up, 30, 'lost', 4, 'live offline'],
      ['offline 100-134'],
    ],
    ['a restart', [...up, 'lost', 9, 'live running', 1, 'age young'], ['restarted 100-105']],
    ['a start that is under way', [...up, 'lost', 4, 'live starting'], ['restarted 100-104']],
    ['the same process', [...up, 'lost', 4, 'live running', 1, 'age old', 1, 'live offline'], []],
    [
      'several ends, and none that is seen',
      [...up, 'lost', 4, 'lost', 4, 'live offline', 4, 'live running', 'live offline'],
      ['offline 100-108'],
    ],
    ['an end that the new socket sees', [...up, 'lost', 4, 'live running', 1, 'live offline'], []],
    [
      'a socket that is lost again before it has told of the process',
      [...up, 'lost', 4, 'live running', 'lost', 4, 'live offline'],
      ['offline 100-108'],
    ],
    [
      'an end on a socket that was there and told nothing for a while, as one whose token had ended',
      [...up, 6, 'live offline'],
      ['offline 100-106'],
    ],
    ['a restart on a socket that told nothing for a while', [...up, 60, 'age young'], ['restarted 100-155']],
    ['an end on one unbroken socket', [...up, 'live offline'], []],
    ['a stop that was seen', [...up, 'live stopping', 'lost', 4, 'live offline'], []],
    ['a first state', ['live offline', 'lost', 4, 'live offline'], []],
    ['our own restart', [...up, 'own restart', 'lost', 9, 'live running', 1, 'age young'], []],
    [
      'our own restart, of which some was seen, and an end after it',
      [
        ...up,
        'own restart',
        'live stopping',
        'lost',
        9,
        'live running',
        20,
        'age young',
        'lost',
        4,
        'live offline',
      ],
      ['offline 129-133'],
    ],
    [
      'an end so soon after Perch began to look',
      ['live running', 1, 'age old', 'lost', 4, 'live offline'],
      ['offline 1-5'],
    ],
  ])('%s', async (_name, steps, ends) => {
    expect(await endsOf(steps)).toEqual(ends);
  });
});

describe('between a socket and polls', () => {
  it.each<[string, Step[], string[]]>([
    [
      'our own stop, and an answer that is older',
      ['live starting', 'lost', 15, 'own stop', 10, 'poll running', 20, 'poll offline'],
      [],
    ],
    [
      'an answer that may be older than what the socket told',
      ['live running', 'age old', 100, 'age old', 'lost', 10, 'poll offline'],
      [],
    ],
    [
      'the same answer once it must be newer',
      ['live running', 'age old', 100, 'age old', 'lost', 20, 'poll offline'],
      ['offline 100-120'],
    ],
    [
      'a younger process, out of the cache',
      ['live running', 30, 'age old', 'lost', 10, 'poll running young'],
      [],
    ],
    [
      'a socket after a poll',
      [60, 'poll running old', 5, 'poll running old', 20, 'live offline'],
      ['offline 45-85'],
    ],
    ['a socket soon after the first poll, which may have been old', ['poll running', 5, 'live offline'], []],
    [
      'a restart that the figures of a new socket tell',
      [60, 'poll running old', 30, 'live running', 1, 'age young'],
      ['restarted 40-86'],
    ],
  ])('%s', async (_name, steps, ends) => {
    expect(await endsOf(steps)).toEqual(ends);
  });

  it('a poll may be older than a report of the socket that contradicts it', async () => {
    const clock = new FakeClock(0);
    const story = new ProcessStory({
      clock,
      sentAfter: () => [],
      isClosed: () => false,
      crashed: () => undefined,
    });
    expect(story.staleMs('offline')).toBe(0);
    story.take({ kind: 'state', power: 'running', isLive: true });
    story.take({ kind: 'link', isLive: false });
    await clock.advance(15_000);
    expect([story.staleMs('running'), story.staleMs('offline')]).toEqual([0, 5000]);
    await clock.advance(5000);
    expect(story.staleMs('offline')).toBe(0);
  });
});
