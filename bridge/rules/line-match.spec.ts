import { describe, expect, it } from 'vitest';
import { aRule } from '../../tests/support/rule-examples.js';
import { ruleSchema } from '../schema/rules.js';
import { fastest } from '../../tests/support/fastest.js';
import { lineMatches } from './line-match.js';

const line = '[12:00:01 WARN]: Can’t keep up! Running 2500ms or 50 ticks behind';

describe('a text of a rule', () => {
  it.each([
    ['keep up', true],
    ['keep up*ticks behind', true],
    ['*WARN*50*', true],
    ['50*WARN', false],
    ['ticks*ticks', false],
    ['Keep up', false],
    ['.*', false],
  ])('“%s” in a line of the console: %s', (text, isThere) => {
    expect(lineMatches(text, line)).toBe(isThere);
  });

  it('is searched in the first 2,000 characters, and never slowly', () => {
    expect(lineMatches('b', `${'a'.repeat(2000)}b`)).toBe(false);
    const slowest = (): boolean => lineMatches(`${'a*'.repeat(249)}b`, 'a'.repeat(1_000_000));
    expect(slowest()).toBe(false);
    expect(fastest(slowest)).toBeLessThan(100);
  });

  it('needs more than stars and spaces, because such a text is in every line', () => {
    const fits = (text: string) => ruleSchema.safeParse(aRule({ trigger: { kind: 'line', text } })).success;
    expect(['*', ' * ', 'a*'].map(fits)).toEqual([false, false, true]);
  });
});
