import { describe, expect, it, vi } from 'vitest';
import { Budget } from './budget.js';
import { controlFor, describeRules, isBrokenOnPanel, judgeValue } from './egg-rules.js';
import { KeptRuleSets, ruleSetOf, type RuleSet } from './rule-set.js';

const listed = (count: number, make: (at: number) => string, between = ','): string =>
  Array.from({ length: count }, (_, at) => make(at)).join(between);

/** All questions that a row of the startup tab asks when drawn and on each key press. */
function askEverything(rules: string): void {
  controlFor(rules);
  describeRules(rules);
  isBrokenOnPanel(rules);
  judgeValue(rules, 'a'.repeat(2000));
}

/** Number of requested steps, which measures the work independently of the machine. */
function stepsAsked(work: () => void): number {
  const take = vi.spyOn(Budget.prototype, 'take');
  try {
    work();
    return take.mock.calls.length;
  } finally {
    take.mockRestore();
  }
}

function setFor(rules: string): RuleSet {
  const set = ruleSetOf(rules);
  if (set === null) throw new Error('The rules are too long.');
  return set;
}

const endless = 'regex:/^(([a-z])+.)+[A-Z0-9]([a-z])+$/';

describe('eggs that would hold up the window', () => {
  it.each([
    ['a long list and a pattern', `in:${listed(3000, (at) => `v${at}`)}|${endless}`],
    ['a list and a slow pattern', `in:${listed(250, (at) => `abcdefg${at}`)}|${endless}`],
    ['two lists of numbers', `in:${listed(1900, String)}|not_in:${listed(1900, (at) => String(5000 + at))}`],
    ['a list and many numbers', `in:${listed(280, String)}|not_in:${listed(600, (at) => `${at}.5`)}`],
    ['patterns without an end', listed(2490, () => 'regex:(', '|')],
    ['as many as are read', listed(480, () => 'regex:(', '|')],
    ['many large patterns', listed(240, () => 'regex:/a{7999}/', '|')],
    ['nothing, repeated', `regex:/(?:${'()'.repeat(1900)}a){8000}/`],
    [
      'many bounds of many digits',
      `in:${listed(250, String)}|numeric|${listed(280, () => 'min:1e999', '|')}`,
    ],
    ['a pattern of classes', `regex:/^${listed(1300, () => '[a]', '')}$/`],
  ])('%s', (_, rules) => {
    expect(stepsAsked(() => askEverything(rules))).toBeLessThan(150_000);
  });

  it('costs little, whatever the number of variables', () => {
    const rules = Array.from({ length: 40 }, (_, at) =>
      listed(4, () => `regex:/${at}${'[ab]'.repeat(200)}/`, '|'),
    );
    const steps = stepsAsked(() => rules.forEach(askEverything));
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(1_000_000);
  });

  it('gets a text field without a verdict if the rules are longer than any real ones', () => {
    const rules = `required|in:${listed(3000, (at) => `v${at}`)}`;
    expect(controlFor(rules)).toEqual({ kind: 'text', maxLength: null, canBeEmpty: true });
    expect(judgeValue(rules, 'v1').kind).toBe('unknown');
  });

  it('gets a text field if the list is too long to choose from, and is still judged', () => {
    const rules = `required|in:${listed(700, String)}`;
    expect(controlFor(rules).kind).toBe('text');
    expect(judgeValue(rules, '699').kind).toBe('passes');
    expect(judgeValue(rules, '700').kind).toBe('fails');
    expect(controlFor(`required|in:${listed(300, String)}`).kind).toBe('select');
  });

  it('compiles all its patterns within one budget', () => {
    const states = setFor(listed(200, () => 'regex:/a{7000}/', '|')).size;
    expect(states).toBeLessThan(20_000);
  });

  it('is judged within one budget, whatever the number of patterns', () => {
    const one = 'regex:/^(a?){100}a{100}$/';
    expect(judgeValue(one, 'a'.repeat(150)).kind).toBe('passes');
    expect(
      judgeValue(
        listed(12, () => one, '|'),
        'a'.repeat(150),
      ).kind,
    ).toBe('unknown');
  });
});

describe('KeptRuleSets', () => {
  it('keeps small sets, and drops the oldest beyond the limit', () => {
    const kept = new KeptRuleSets();
    for (let at = 0; at < 300; at += 1) kept.get(`max:${at}`, () => setFor(`max:${at}`));
    expect(kept.count).toBe(300);
    for (let at = 0; at < 60; at += 1) kept.get(`large ${at}`, () => setFor('regex:/a{7000}/'));
    expect(kept.count).toBeLessThan(20);
    const last = kept.get('large 59', () => setFor('max:1'));
    expect(last).toBe(setFor('regex:/a{7000}/'));
  });
});
