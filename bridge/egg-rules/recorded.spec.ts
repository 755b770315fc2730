/** Perch's verdicts beside Laravel's: the project's own table, and recorded verdicts where they exist. */
import { describe, expect, it } from 'vitest';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { verdictSets, type JudgedValue } from '../../tests/support/verdicts.js';
import { judgeValue, type RuleVerdict } from './egg-rules.js';

interface Judged {
  rules: string;
  value: string | null;
  passes: boolean | null;
  failed: string[];
  verdict: RuleVerdict;
}

function judge({ rules: given, value, http }: JudgedValue): Judged {
  const rules = typeof given === 'string' ? given : given.join('|');
  return { rules, value, ...http, verdict: judgeValue(rules, value ?? '') };
}

const agrees = ({ passes, verdict }: Judged): boolean =>
  passes === null ? verdict.kind === 'unknown' : verdict.kind === (passes ? 'passes' : 'fails');
const namesOf = (verdict: RuleVerdict): string[] =>
  verdict.kind === 'fails' ? verdict.failures.map(({ rule }) => rule) : [];
const show = ({ rules, value, failed, verdict }: Judged): string =>
  `${rules} <- ${JSON.stringify(value)}: ${failed.join(' ')} / ${verdict.kind} ${namesOf(verdict).join(' ')}`;

describe.each(verdictSets())('$name', ({ isRecorded, values }) => {
  const judgeAll = () => values.map(judge);

  it('agree with Perch in at least 99.5 % of the cases', (context) => {
    const judged = judgeAll();
    if (isRecorded) countRecorded(context, { verdicts: judged.length });
    const decided = judged.filter(({ verdict }) => verdict.kind !== 'unknown');
    const same = decided.filter(agrees).length;
    expect(judged.length).toBeGreaterThan(isRecorded ? 1000 : 200);
    expect(
      decided
        .filter((one) => !agrees(one))
        .map(show)
        .slice(0, 20),
    ).toEqual([]);
    expect(same / decided.length).toBeGreaterThanOrEqual(0.995);
  });

  it('leave at most 0.1 % of the cases to the panel', () => {
    const judged = judgeAll();
    // Rules that make a panel throw are left to the server; the project's own table has more of them than real eggs.
    const unknown = judged.filter(
      ({ verdict, passes }) => verdict.kind === 'unknown' && (isRecorded || passes !== null),
    );
    expect(unknown.length / judged.length).toBeLessThanOrEqual(0.001);
  });

  it('name the same failed rules', () => {
    const failing = judgeAll().filter((one) => one.passes === false && one.verdict.kind === 'fails');
    const other = failing.filter(({ failed, verdict }) => namesOf(verdict).join() !== failed.join());
    expect(failing.length).toBeGreaterThan(100);
    expect(other.map(show).slice(0, 20)).toEqual([]);
  });

  it('agree for exact lists, unless the value is another spelling of a number', () => {
    const sample = judgeAll().filter(({ rules, passes }) => passes === true && rules.includes('in:'));
    const stricter = sample.filter(
      ({ rules, value }) => judgeValue(rules, value ?? '', { strictIn: true }).kind !== 'passes',
    );
    expect(stricter.length).toBeGreaterThan(0);
    expect(stricter.every(({ value }) => Number.isFinite(Number(value)))).toBe(true);
  });
});
