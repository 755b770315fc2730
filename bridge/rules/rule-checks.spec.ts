import { describe, expect, it } from 'vitest';
import { aRule } from '../../tests/support/rule-examples.js';
import { type RuleCondition, type RuleStep } from '../schema/rule-parts.js';
import { ruleSchema } from '../schema/rules.js';
import { ruleFaults } from './rule-checks.js';

const runs: RuleCondition = { kind: 'state', on: null, is: ['running'] };
const stop: RuleStep = { kind: 'power', on: null, signal: 'stop' };
const backup: RuleStep = { kind: 'backup', on: null, quietly: false };
const untilBackup: RuleStep = { kind: 'wait', sign: { kind: 'backup' }, limitMs: 60_000, late: 'end' };
const when = (then: readonly RuleStep[], other: readonly RuleStep[] = []): RuleStep => ({
  kind: 'if',
  condition: runs,
  then,
  else: other,
});
const deep = (levels: number): RuleCondition =>
  levels === 1 ? runs : { kind: 'not', part: deep(levels - 1) };
const nested = (levels: number): RuleStep => (levels === 1 ? stop : when([nested(levels - 1)]));
const fits = (rule: unknown) => ruleSchema.safeParse(rule).success;

describe('a rule', () => {
  it('fits the schema, through JSON as well', () => {
    const rule = aRule({ condition: deep(4), steps: [backup, untilBackup, nested(4)] });
    expect(ruleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
  });

  it.each([
    ['no steps', { steps: [] }],
    ['a kill', { steps: [{ kind: 'power', on: null, signal: 'kill' }] }],
    ['a command of two lines', { steps: [{ kind: 'command', on: null, command: 'say a\nstop' }] }],
    ['a command with a hidden line separator', { steps: [{ kind: 'warn', on: null, text: 'a\u2028b' }] }],
    ['an endless delay', { steps: [{ kind: 'delay', ms: 90_000_000 }] }],
    ['a day that no week has', { trigger: { kind: 'time', days: [7], minute: 0 } }],
    ['an unknown step', { steps: [{ kind: 'delete' }] }],
    ['a cron text of four fields', { trigger: { kind: 'cron', cron: '0 4 * *' } }],
    [
      'an event that repeats once',
      { trigger: { kind: 'repeated', event: 'crashed', times: 1, withinMs: 60_000 } },
    ],
    ['five levels of conditions', { condition: deep(5) }],
    ['five levels of steps', { steps: [nested(5)] }],
    ['runs without a limit', { atMost: { times: 0, withinMs: 60_000 } }],
  ])('with %s does not fit', (_, fields) => {
    expect(fits({ ...aRule(), ...fields })).toBe(false);
  });

  it('of a hostile file with a million levels is refused without exhausting the stack', () => {
    let condition: unknown = runs;
    for (let level = 0; level < 1_000_000; level++) condition = { kind: 'not', part: condition };
    expect(fits({ ...aRule(), condition })).toBe(false);
  });

  it.each<[string, Parameters<typeof aRule>[0]]>([
    [
      'too-many-steps',
      { steps: [when(Array.from({ length: 20 }, () => stop)), ...Array.from({ length: 10 }, () => stop)] },
    ],
    ['steps-too-deep', { steps: [nested(5)] }],
    ['too-many-conditions', { condition: { kind: 'all', parts: Array.from({ length: 40 }, () => runs) } }],
    ['conditions-too-deep', { steps: [{ kind: 'if', condition: deep(5), then: [], else: [] }] }],
    ['no-server', { target: { kind: 'event' } }],
    ['no-server', { target: { kind: 'event' }, trigger: { kind: 'cron', cron: '0 4 * * *' } }],
    [
      'no-bound',
      {
        trigger: {
          kind: 'holds',
          condition: { kind: 'figure', on: null, of: 'cpu', atLeast: null, atMost: null },
          forMs: 60_000,
        },
      },
    ],
    ['no-bound', { condition: { kind: 'figure', on: null, of: 'cpu', atLeast: null, atMost: null } }],
    [
      'wrong-bounds',
      { condition: { kind: 'not', part: { kind: 'figure', on: null, of: 'cpu', atLeast: 9, atMost: 8 } } },
    ],
    ['no-backup', { steps: [untilBackup, backup] }],
    ['no-backup', { steps: [when([backup]), untilBackup] }],
  ])('has the fault %s', (fault, fields) => {
    expect(ruleFaults(aRule(fields))).toEqual([fault]);
    expect(fits(aRule(fields))).toBe(false);
  });

  it('may wait for a backup that every way makes, and be about the server of an event', () => {
    expect(ruleFaults(aRule({ steps: [when([backup], [backup]), untilBackup] }))).toEqual([]);
    const crashed = { kind: 'event', events: ['crashed'] } as const;
    const ofEvent = aRule({
      target: { kind: 'event' },
      trigger: { kind: 'event', events: [...crashed.events] },
    });
    expect(ruleFaults(ofEvent)).toEqual([]);
  });
});
