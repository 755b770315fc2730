import { describe, expect, it } from 'vitest';
import type { RuleStep, RuleTrigger } from '../../../bridge/schema/rule-parts.js';
import { ruleSchema } from '../../../bridge/schema/rules.js';
import { aRule } from '../../../tests/support/rule-examples.js';
import { draftFaults, textFault } from './draft-faults.js';
import { emptyRule, newLeaf, newStep, newTrigger } from './new-parts.js';

describe('a rule in the editor', () => {
  it.each<[string, object]>([
    ['no-name', { name: ' ' }],
    ['no-name', { name: 'x'.repeat(101) }],
    ['no-steps', { steps: [] }],
    ['wrong-text', { trigger: { kind: 'line', text: '**' } }],
    ['wrong-text', { trigger: { kind: 'cron', cron: '0 4 * *' } }],
    ['wrong-text', { steps: [{ kind: 'command', on: null, command: 'a\nb' }] }],
    ['wrong-text', { steps: [{ ...newStep.if(), then: [{ kind: 'notify', text: '' }] }] }],
    ['no-server', { target: { kind: 'event' } }],
  ])('has the fault %s', (fault, fields) => {
    const rule = { ...aRule(), ...fields };
    expect(draftFaults(rule)).toContain(fault);
    // A name of blanks is the only wrong name that the schema lets pass.
    expect(ruleSchema.safeParse(rule).success).toBe('name' in fields && fields.name === ' ');
  });

  it('has a fault in hours that would hold all day, also inside of a step; a stored rule may have them', () => {
    const hours = { kind: 'hours' as const, days: [0], from: 60, to: 60 };
    const condition = { kind: 'not' as const, part: hours };
    for (const fields of [
      { condition },
      { steps: [{ ...newStep.if(), condition, then: [newStep.end()] }] },
    ]) {
      const rule = { ...aRule(), ...fields };
      expect(draftFaults(rule)).toEqual(['same-hours']);
      expect(ruleSchema.safeParse(rule).success).toBe(true);
    }
    expect(draftFaults({ ...aRule(), condition: { ...hours, to: 61 } })).toEqual([]);
  });

  it('without a fault passes the schema, whatever part was added', () => {
    const typed = (step: RuleStep): RuleStep => {
      if (step.kind === 'command') return { ...step, command: 'list' };
      return step.kind === 'warn' || step.kind === 'notify' ? { ...step, text: 'soon' } : step;
    };
    const steps = Object.values(newStep).map((make) => typed(make()));
    for (const make of Object.values(newTrigger)) {
      const fresh = make();
      const trigger: RuleTrigger = fresh.kind === 'line' ? { ...fresh, text: 'Done' } : fresh;
      const condition = { kind: 'all' as const, parts: Object.values(newLeaf).map((leaf) => leaf()) };
      const rule = { ...aRule(), trigger, steps, condition };
      expect(draftFaults(rule)).toEqual([]);
      expect(ruleSchema.safeParse(rule).success).toBe(true);
    }
    expect(draftFaults(emptyRule())).toEqual(['no-name', 'no-steps']);
  });

  it('names the fault of a text', () => {
    expect(textFault(' ', 'text')).toBe('empty');
    expect(textFault('x'.repeat(501), 'text')).toBe('long');
    expect(textFault('a\u2028b', 'line')).toBe('breaks');
    expect(textFault('a\nb', 'text')).toBeNull();
    expect(textFault('* *', 'pattern')).toBe('stars');
    expect(textFault('* joined', 'pattern')).toBeNull();
  });
});
