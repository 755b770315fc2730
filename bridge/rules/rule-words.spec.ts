import { describe, expect, it } from 'vitest';
import { spoken } from '../../messages/messages.js';
import { aRule } from '../../tests/support/rule-examples.js';
import type { RuleCondition, RuleTrigger } from '../schema/rule-parts.js';
import type { Rule } from '../schema/rules.js';
import { ruleWords, triggerWords } from './rule-words.js';

const nameOf = (id: string) => (id === 'home/2' ? 'Proxy' : null);
const minute = 60_000;

function said(rule: Rule): string[] {
  const { trigger, condition, steps } = ruleWords(rule, nameOf);
  const lines = steps.map(({ place, level, words }) => `${'  '.repeat(level)}${place} ${spoken(words)}`);
  return [spoken(trigger), ...(condition === null ? [] : [spoken(condition)]), ...lines];
}

describe('a rule in words', () => {
  it('says trigger, condition and each step, with names of other servers', () => {
    const busy: RuleCondition = { kind: 'figure', on: null, of: 'memory', atLeast: 90, atMost: null };
    const empty: RuleCondition = { kind: 'figure', on: 'home/2', of: 'players', atLeast: null, atMost: 0 };
    const rule = aRule({
      trigger: { kind: 'figure', of: 'memory', above: 90, forMs: 10 * minute },
      condition: { kind: 'all', parts: [busy, { kind: 'any', parts: [empty, { kind: 'unseen' }] }] },
      steps: [
        { kind: 'warn', on: null, text: 'Restart' },
        { kind: 'delay', ms: minute },
        {
          kind: 'if',
          condition: { kind: 'not', part: empty },
          then: [{ kind: 'power', on: 'home/9', signal: 'restart' }],
          else: [
            { kind: 'backup', on: null, quietly: true },
            { kind: 'wait', sign: { kind: 'backup' }, limitMs: 60 * minute, late: 'end' },
          ],
        },
      ],
    });
    expect(said(rule)).toEqual([
      'When the memory has been above 90 % of its limit for 10 min',
      'the memory of the server is at 90 % or more and (nobody is on Proxy or nobody is looking at Perch)',
      '1 Tell the players of the server: “Restart”',
      '2 Wait 1 min',
      '3 If not (nobody is on Proxy)',
      '  3.then.1 Restart home/9',
      '3.else Otherwise',
      '  3.else.1 Back up the server quietly',
      '  3.else.2 Wait until the backup ends, up to 1 h, otherwise end',
    ]);
  });

  it.each<[string, 'cpu' | 'memory' | 'disk' | 'players', number, number]>([
    ['the CPU of the server is between 10 and 50 %', 'cpu', 10, 50],
    ['the memory of the server is between 80 and 90 %', 'memory', 80, 90],
    ['the disk of the server is between 0 and 5 %', 'disk', 0, 5],
    ['1 to 3 players are on the server', 'players', 1, 3],
    ['exactly 1 player is on the server', 'players', 1, 1],
    ['exactly 0 players are on the server', 'players', 0, 0],
  ])('says two bounds as one: %s', (words, of, atLeast, atMost) => {
    const condition: RuleCondition = { kind: 'figure', on: null, of, atLeast, atMost };
    expect(said(aRule({ condition }))[1]).toBe(words);
  });

  it.each<[string, RuleTrigger]>([
    [
      'When the server crashes or the node stops answering or the server is full',
      { kind: 'event', events: ['crashed', 'node-unreachable', 'full'] },
    ],
    ['When the server has been offline for 3 min', { kind: 'state', state: 'offline', forMs: 3 * minute }],
    [
      'When more than 1 player has been on for 5 min',
      { kind: 'figure', of: 'players', above: 1, forMs: 5 * minute },
    ],
    ['Every day at 04:30', { kind: 'time', days: [6, 5, 4, 3, 2, 1, 0], minute: 270 }],
    ['At 16:00 on Monday and Friday', { kind: 'time', days: [4, 0], minute: 960 }],
    ['When the console says “Done”', { kind: 'line', text: 'Done' }],
    ['When a backup ends', { kind: 'backup', isGood: null }],
    ['When a backup fails', { kind: 'backup', isGood: false }],
    ['When a schedule of the panel is stuck', { kind: 'schedule-stuck' }],
    ['When Perch starts', { kind: 'perch-started' }],
    ['When the node answers again', { kind: 'node-back' }],
    ['When you press “Run now”', { kind: 'by-hand' }],
    ['At the times of the cron expression “0 4 * * 1-5”', { kind: 'cron', cron: '0 4 * * 1-5' }],
    [
      'When the server crashes 3 times in 30 min',
      { kind: 'repeated', event: 'crashed', times: 3, withinMs: 30 * minute },
    ],
    [
      'When this has been true for 20 min: nobody is on the server',
      {
        kind: 'holds',
        condition: { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 },
        forMs: 20 * minute,
      },
    ],
  ])('begins with “%s”', (words, trigger) => {
    expect(spoken(triggerWords(trigger))).toBe(words);
  });

  it('has words for the steps that touch no process', () => {
    const rule = aRule({
      steps: [
        { kind: 'pause-plan', on: null },
        { kind: 'keep-log', on: 'home/2' },
      ],
    });
    expect(said(rule).slice(1)).toEqual([
      '1 Switch the backup plan of the server off',
      '2 Save the console of Proxy to a file',
    ]);
  });

  it('has words for every state, bound and hour of a condition', () => {
    const of = (condition: RuleCondition) => said(aRule({ condition }))[1];
    const figure = { kind: 'figure', on: null, of: 'cpu', atLeast: 10, atMost: 20 } as const;
    expect(of(figure)).toBe('the CPU of the server is between 10 and 20 %');
    expect(of({ kind: 'state', on: null, is: ['offline', 'stopping'] })).toBe(
      'the server is offline or the server is stopping',
    );
    expect(of({ kind: 'hours', days: [0, 1, 2, 3, 4, 5, 6], from: 60, to: 120 })).toBe(
      'it is between 01:00 and 02:00',
    );
    expect(of({ kind: 'ran-before', on: 'home/2' })).toBe('Proxy was running before its node was lost');
    expect(of({ kind: 'hours', days: [5, 6], from: 1320, to: 60 })).toBe(
      'it is between 22:00 and 01:00 on Saturday and Sunday',
    );
  });
});
