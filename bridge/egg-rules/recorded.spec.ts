import { describe, expect, it } from 'vitest';
import { fixturesFolder, readJsonFiles } from '../../tests/support/fixtures.js';
import { judgeValue, type Verdict } from './egg-rules.js';

interface RecordedSet {
  rules: string | string[];
  cases: { value: string | null; http: { passes: boolean | null; failed: string[] } }[];
}

interface Judged {
  rules: string;
  value: string | null;
  passes: boolean | null;
  failed: string[];
  verdict: Verdict;
}

const folder = fixturesFolder('egg-rules');

function judgeRecorded(from: string): Judged[] {
  const sets = readJsonFiles(from).flatMap(({ content }) => content as RecordedSet[]);
  return sets.flatMap((set) => {
    const rules = typeof set.rules === 'string' ? set.rules : set.rules.join('|');
    return set.cases.map(({ value, http }) => ({
      rules,
      value,
      ...http,
      verdict: judgeValue(rules, value ?? ''),
    }));
  });
}

const agrees = ({ passes, verdict }: Judged): boolean =>
  passes === null ? verdict.kind === 'unknown' : verdict.kind === (passes ? 'passes' : 'fails');
const namesOf = (verdict: Verdict): string[] =>
  verdict.kind === 'fails' ? verdict.failures.map(({ rule }) => rule) : [];
const show = ({ rules, value, failed, verdict }: Judged): string =>
  `${rules} <- ${JSON.stringify(value)}: ${failed.join(' ')} / ${verdict.kind} ${namesOf(verdict).join(' ')}`;

describe('recorded verdicts of Laravel', () => {
  const judged = folder === null ? null : judgeRecorded(folder);
  if (judged === null) {
    it('are not beside this checkout', () => {
      console.log('egg rules: the folder of verdicts is not there; nothing was compared.');
    });
    return;
  }

  it('agree with ours in at least 99.5 % of the cases', () => {
    const decided = judged.filter(({ verdict }) => verdict.kind !== 'unknown');
    const same = decided.filter(agrees).length;
    console.log(
      `egg rules: ${String(judged.length)} recorded, ${String(decided.length)} decided, ${String(same)} the same, ` +
        `${String(judged.filter(agrees).length)} the same of all`,
    );
    expect(judged.length).toBeGreaterThan(1000);
    expect(
      decided
        .filter((one) => !agrees(one))
        .map(show)
        .slice(0, 20),
    ).toEqual([]);
    expect(same / decided.length).toBeGreaterThanOrEqual(0.995);
  });

  it('leave at most 0.1 % to the server', () => {
    const unknown = judged.filter(({ verdict }) => verdict.kind === 'unknown');
    console.log(`egg rules: ${String(unknown.length)} unknown`);
    expect(unknown.length / judged.length).toBeLessThanOrEqual(0.001);
  });

  it('name the same rules where a value fails', () => {
    const failing = judged.filter((one) => one.passes === false && one.verdict.kind === 'fails');
    const other = failing.filter(({ failed, verdict }) => namesOf(verdict).join() !== failed.join());
    console.log(`egg rules: ${String(failing.length)} failing, ${String(other.length)} with other names`);
    expect(other.map(show).slice(0, 20)).toEqual([]);
  });

  it('say the same with exact lists unless the value is another way to write a number', () => {
    const sample = judged.filter(({ rules, passes }) => passes === true && rules.includes('in:'));
    const stricter = sample.filter(
      ({ rules, value }) => judgeValue(rules, value ?? '', { strictIn: true }).kind !== 'passes',
    );
    expect(stricter.every(({ value }) => Number.isFinite(Number(value)))).toBe(true);
  });
});
