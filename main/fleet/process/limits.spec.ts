import { describe, expect, it } from 'vitest';
import { gatherMs } from '../../wings/crash-lines.js';
import { patienceMs, promptMs } from '../../wings/outgoing.js';
import * as limits from './limits.js';

type Limit = keyof typeof limits;

function ms(limit: Limit): number {
  const value = limits[limit];
  return typeof value === 'number' ? value : value.polled;
}

describe('The clocks of a process', () => {
  it.each<[Limit, Limit, string]>([
    ['linesWithinMs', 'untilCrashMs', 'the log waits for the verdict about an end without lines'],
    ['ownLinesMs', 'untilCrashMs', 'the log waits for the verdict about early lines'],
    ['ownLinesMs', 'linesWithinMs', 'early lines are believed before the end counts as one without lines'],
    ['falseEndMs', 'ownLinesMs', 'a false end is known before early lines count'],
    ['linesWithinMs', 'recoveredMs', 'a late mark has the lines before it ends'],
    ['linesWithinMs', 'sameCrashMs', 'lines that follow a reported end add detail to it'],
    ['untilStartMs', 'untilCrashMs', 'a stop that was seen is logged before a doubtful end'],
    ['untilCrashMs', 'becomesRestartMs', 'a start can follow an entry'],
    ['restartsWithinMs', 'ownRestartMs', 'a failed restart is known before the log calls it a stop'],
    ['ownEndMs', 'signalWorksMs', 'a signal that explains an end on the socket explains it in the log'],
    ['ownRestartMs', 'signalWorksMs', 'the start of a restart is still explained by its signal'],
    ['panelCacheMs', 'unseenMs', 'a poll that repeats an old answer ends no state'],
    ['panelCacheMs', 'noSignMs', 'a polled signal is not given up on an old answer'],
    ['panelCacheMs', 'noSignOfLostMs', 'a lost signal is not given up on an old answer'],
    ['panelCacheMs', 'answerMs', 'the panel can answer'],
    ['lateAnswerMs', 'answerMs', 'an unanswered signal is shown before it is given up'],
    ['signalWorksMs', 'slowestStopMs', 'a stop may take longer than a signal without effect'],
  ])('%s < %s: %s', (shorter, longer) => {
    expect(ms(shorter)).toBeLessThan(ms(longer));
  });

  it('leave the session time to gather the lines of one crash', () => {
    expect(gatherMs).toBeLessThan(limits.ownLinesMs);
  });

  it('leave the session time to send a refused signal once more', () => {
    expect(promptMs + patienceMs).toBeLessThan(limits.noSignMs.live);
  });
});
