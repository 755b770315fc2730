import { describe, expect, it } from 'vitest';
import { derivedId } from '../../bridge/rules/rule-origin.js';
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import { ruleSchema, type Rule } from '../../bridge/schema/rules.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { DriverRig, emptyDisk } from '../../tests/support/driver-rig.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { Emitter } from '../base/emitter.js';
import { derivedRule, type RuleSource } from './rule-sources.js';

const minute = 60_000;
const stop: RuleStep = { kind: 'power', on: null, signal: 'stop' };
const live = { power: 'running', link: { kind: 'live' } } as const;
const id = derivedId('when-empty', 'home/1');

function crashRule(...steps: RuleStep[]): Rule {
  return derivedRule('when-empty', 'home/1', {
    name: 'Empty',
    trigger: { kind: 'event', events: ['crashed'] },
    condition: null,
    steps,
  });
}

/** A part of Perch with one rule. */
class Source implements RuleSource {
  readonly origin = 'when-empty';
  readonly changes = new Emitter<undefined>();
  readonly ends: RunRecord['end'][] = [];
  carried = 0;
  isOwnWay = false;
  current: readonly Rule[];

  constructor(...rules: readonly Rule[]) {
    this.current = rules;
  }

  listen(listener: () => void): () => void {
    return this.changes.listen(listener);
  }

  change(...rules: readonly Rule[]): void {
    this.current = rules;
    this.changes.emit(undefined);
  }

  switchedOff(): Promise<void> {
    this.change();
    return Promise.resolve();
  }

  carryOut() {
    if (!this.isOwnWay) return;
    this.carried += 1;
    return Promise.resolve({});
  }

  ended({ end }: RunRecord): void {
    this.ends.push(end);
  }
}

async function running(source: Source, ...own: readonly Rule[]) {
  const rig = new DriverRig(emptyDisk(...own), undefined, [live, live], [source]);
  await rig.start();
  return rig;
}

const crash = async (rig: DriverRig): Promise<void> => {
  rig.crash();
  await rig.clock.advance(minute);
};

describe('a rule that a setting stands for', () => {
  it('runs beside the user’s own rules, and its view names its origin', async () => {
    const rig = await running(new Source(crashRule(stop)), aRule());
    await crash(rig);
    expect(rig.acts).toEqual(['stop home/1']);
    expect(rig.driver.current.map(({ rule, origin }) => [rule.id, origin])).toEqual([
      ['r1', 'own'],
      [id, 'when-empty'],
    ]);
    expect(ruleSchema.safeParse(crashRule(stop)).success).toBe(true);
  });

  it('acts as its part of Perch wants, which hears of the end', async () => {
    const source = new Source(crashRule(stop));
    source.isOwnWay = true;
    const rig = await running(source);
    await crash(rig);
    expect([rig.acts, source.carried, source.ends]).toEqual([[], 1, ['done']]);
  });

  it('ends its run if the setting changes, and continues if the setting stays', async () => {
    const source = new Source(crashRule({ kind: 'delay', ms: 10 * minute }, stop));
    const rig = await running(source);
    await crash(rig);
    source.change(crashRule({ kind: 'delay', ms: 10 * minute }, stop));
    await rig.clock.advance(minute);
    expect(source.ends).toEqual([]);
    source.change(crashRule({ kind: 'delay', ms: 5 * minute }, stop));
    await rig.clock.advance(minute);
    expect([source.ends, rig.acts]).toEqual([['changed'], []]);
    source.change();
    await rig.clock.advance(minute);
    expect([rig.driver.current, rig.disk.runs]).toEqual([[], []]);
  });

  it('knows after a restart of Perch that its setting is the same', async () => {
    const source = new Source(crashRule({ kind: 'delay', ms: 2 * minute }, stop));
    const rig = await running(source);
    await crash(rig);
    const next = await rig.restarted();
    await next.clock.advance(2 * minute);
    expect([next.acts, source.ends]).toEqual([['stop home/1'], ['done']]);
  });

  it('informs its part of Perch that a step switched the rule off', async () => {
    const source = new Source(crashRule(stop, { kind: 'switch-off' }));
    const rig = await running(source);
    await crash(rig);
    expect([source.ends, source.current, rig.driver.current]).toEqual([['ended'], [], []]);
  });

  it('stays on however often its runs fail', async () => {
    const source = new Source(crashRule(stop));
    const rig = await running(source);
    rig.problem = aProblem('panel-unreachable');
    for (let count = 0; count < 5; count++) await crash(rig);
    expect(source.ends).toEqual(Array.from({ length: 5 }, () => 'failed'));
    expect(rig.driver.current[0]?.rule.isOn).toBe(true);
  });

  it('runs also if a newer Perch wrote the own rules, whose state on disk stays', async () => {
    const own = aRule({ trigger: { kind: 'event', events: ['crashed'] } });
    const rig = await running(new Source(crashRule(stop)), own);
    await crash(rig);
    const ofOwn = rig.disk.runs.find(({ ruleId }) => ruleId === 'r1');
    rig.disk.isNewer = true;
    const older = await rig.restarted();
    await crash(older);
    expect(older.acts).toEqual(['stop home/1']);
    expect(older.disk.runs.map(({ ruleId }) => ruleId)).toEqual(['r1', id]);
    expect(older.disk.runs[0]).toEqual(ofOwn);
  });

  it('is no rule that a person can change as one', async () => {
    const rig = await running(new Source(crashRule(stop)));
    expect(() => rig.book.find(id)).toThrow('This rule comes from a setting of its server.');
    await expect(rig.book.setOn(id, false)).rejects.toThrow('setting');
    expect(rig.driver.current[0]?.rule.isOn).toBe(true);
  });
});
