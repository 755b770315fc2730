import { describe, expect, it } from 'vitest';
import type { Rule } from '../../bridge/schema/rules.js';
import { keptRuleSchema } from '../../bridge/schema/rule-runs.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { RuleRig, type KillPoint } from '../../tests/support/rule-rig.js';
import { keep, restore } from './kept-rule.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const wall = Date.parse('2026-11-30T10:00:00Z');
const steps: Rule['steps'] = [
  { kind: 'warn', on: null, text: 'Restart' },
  { kind: 'delay', ms: 5 * minute },
  { kind: 'power', on: null, signal: 'restart' },
];
const rigOf = (fields: Partial<Rule> = {}) => new RuleRig(aRule({ steps, ...fields }), { wall });
const kinds = (rig: RuleRig) => rig.sent.map(({ act }) => act.kind);
const ends = (rig: RuleRig) =>
  [...rig.records.values()].map(({ cause, end }) => `${cause.key} ${end}`).sort();
const lines = (rig: RuleRig) =>
  [...rig.records.values()].flatMap((record) =>
    record.steps.map(({ place, outcome }) => `${place} ${outcome}`),
  );

describe('after a crash of Perch', () => {
  it.each<[KillPoint, boolean, string[], string[], string[]]>([
    ['after-order', true, ['warn', 'power'], ['event:0 done'], ['1 found', '2 waited', '3 done']],
    ['after-order', false, ['warn'], ['event:0 unsure'], ['1 unsure']],
    ['before-order', true, [], ['event:0 unsure'], ['1 unsure']],
    ['before-save', true, [], [], []],
  ])('%s (order found: %s) nothing is sent twice', (point, findsOrders, sent, ended, trace) => {
    const rig = rigOf();
    rig.findsOrders = findsOrders;
    rig.killAt = point;
    rig.cause();
    rig.advance(hour);
    expect([rig.kills, kinds(rig), ends(rig), lines(rig)]).toEqual([1, sent, ended, trace]);
    expect(rig.reportedRuns.size).toBe(ended[0]?.endsWith('unsure') === true ? 1 : 0);
  });

  it('a delay continues unless its time has passed, and otherwise the run is reported as interrupted', () => {
    const short = rigOf();
    short.cause();
    short.advance(minute);
    short.kill(5 * minute);
    short.advance(10 * minute);
    expect([kinds(short), ends(short)]).toEqual([['warn', 'power'], ['event:0 done']]);
    const long = rigOf();
    long.cause();
    long.advance(minute);
    long.kill(7 * minute);
    long.advance(10 * minute);
    expect([kinds(long), ends(long), long.reportedRuns.size]).toEqual([['warn'], ['event:0 interrupted'], 1]);
  });

  it('a clock that was set back meanwhile ends the run', () => {
    const rig = rigOf();
    rig.cause();
    rig.advance(minute);
    rig.jump(-hour);
    rig.kill();
    rig.advance(10 * minute);
    expect([kinds(rig), ends(rig)]).toEqual([['warn'], ['event:0 interrupted']]);
  });

  it('the limit of runs, the causes and the queue are as before', () => {
    const rig = rigOf({ mode: 'queue', atMost: { times: 2, withinMs: hour } });
    rig.cause(undefined, 'a');
    rig.cause(undefined, 'b');
    rig.advance(second * 30);
    rig.kill();
    rig.cause(undefined, 'a');
    rig.advance(30 * minute);
    rig.kill();
    rig.cause(undefined, 'c');
    rig.advance(10 * minute);
    expect(ends(rig)).toEqual(['a done', 'b done', 'c too-often']);
    rig.advance(30 * minute);
    rig.kill();
    rig.cause(undefined, 'd');
    rig.advance(10 * minute);
    expect(ends(rig)).toContain('d done');
  });

  it('a rule that was changed or switched off meanwhile sends nothing, and says the outcome of its runs', () => {
    const rig = rigOf({ mode: 'queue' });
    rig.cause();
    rig.cause();
    rig.advance(minute);
    rig.settings = { ...rig.settings, agreedAt: 5 };
    rig.kill();
    rig.advance(hour);
    expect([kinds(rig), ends(rig)]).toEqual([['warn'], ['event:0 changed', 'event:1 changed']]);
    const off = rigOf();
    off.cause();
    off.advance(100);
    off.settings = { ...off.settings, isOn: false };
    off.kill();
    off.advance(hour);
    expect([kinds(off), ends(off)]).toEqual([['warn'], ['event:0 switched-off']]);
  });

  it('a rule that had switched itself off stays off, although the settings do not say so yet', () => {
    const rig = rigOf({ steps: [{ kind: 'delay', ms: minute }, { kind: 'switch-off' }] });
    rig.cause();
    rig.advance(minute - second);
    const on = rig.settings;
    rig.advance(2 * second);
    rig.settings = on;
    rig.kill();
    expect(rig.settings.isOn).toBe(false);
    rig.cause();
    rig.advance(hour);
    expect(ends(rig)).toEqual(['event:0 ended']);
  });

  it('traces that the history did not have come again', () => {
    const rig = rigOf({ condition: { kind: 'hours', days: [6], from: 0, to: 1 } });
    rig.cause();
    rig.kill();
    rig.advance(minute);
    expect([ends(rig), rig.state.unstored]).toEqual([['event:0 condition'], []]);
  });

  it('the disk holds entries of the schema, and a missing file is a fresh rule', () => {
    const rig = rigOf();
    rig.cause();
    rig.advance(30 * second);
    const kept = keep(rig.state, rig);
    expect(keptRuleSchema.parse(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
    expect(restore(rig.settings, null, rig.moment()).state.lanes).toEqual({});
  });
});
