import { describe, expect, it } from 'vitest';
import type { RuleStep } from '../schema/rule-parts.js';
import { actsOfSteps, actsOfTasks } from './week-acts.js';

const task = (action: string, payload = '', offsetSeconds = 0) => ({
  action,
  payload,
  offsetSeconds,
  continuesAfterFailure: false,
});
const minute = 60_000;

describe('the acts of a schedule', () => {
  it.each([
    [
      'a restart after warnings',
      [task('command', 'say'), task('power', 'restart', 900)],
      'restart command',
      15,
    ],
    ['a stop and a start', [task('power', 'stop'), task('power', 'start', 60)], 'restart', 0],
    [
      'a backup between them',
      [task('power', 'stop'), task('backup', '', 60), task('power', 'start', 60)],
      'restart backup',
      0,
    ],
    ['a kill', [task('power', 'kill', 120)], 'stop', 2],
    ['deleted files', [task('delete_files', '/logs')], 'other', 0],
    ['an unknown signal', [task('power', 'explode')], 'other', 0],
    ['nothing', [], 'other', 0],
  ])('%s', (_what, tasks, acts, minutes) => {
    expect(actsOfTasks(tasks)).toEqual({ acts: acts.split(' '), delayMs: minutes * minute });
  });
});

describe('the acts of a rule', () => {
  const warn: RuleStep = { kind: 'warn', on: null, text: 'soon' };
  const restart: RuleStep = { kind: 'power', on: null, signal: 'restart' };
  const delay: RuleStep = { kind: 'delay', ms: 5 * minute };
  const backup: RuleStep = { kind: 'backup', on: null, quietly: true };
  const choice = (...steps: RuleStep[]): RuleStep => ({
    kind: 'if',
    condition: { kind: 'unseen' },
    then: steps,
    else: [],
  });
  it.each<[string, RuleStep[], string, number]>([
    ['a warning and a restart', [warn, delay, restart], 'restart command', 5],
    ['a choice', [choice(delay, backup), delay, restart], 'restart backup', 10],
    ['a notification', [{ kind: 'notify', text: 'x' }], 'other', 0],
    ['an end', [{ kind: 'end' }], 'other', 0],
  ])('%s', (_what, steps, acts, minutes) => {
    expect(actsOfSteps(steps)).toEqual({ acts: acts.split(' '), delayMs: minutes * minute });
  });
});
