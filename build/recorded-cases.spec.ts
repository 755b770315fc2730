import { expect, it } from 'vitest';
import { recordedCases } from './recorded-cases.mjs';

const file = (...metas: unknown[]) => ({ assertionResults: metas.map((meta) => ({ meta })) });

it('the recorded cases of all test files are added up', () => {
  const report = {
    testResults: [
      file({ recordedCases: { answers: 374 } }, {}),
      file({ recordedCases: { sessions: 1 } }, { recordedCases: { verdicts: 15_000, sessions: 52 } }),
    ],
  };
  expect(recordedCases(report)).toBe('recorded cases: 374 answers, 53 sessions, 15,000 verdicts');
});

it('without recordings the output says so, and how to get them', () => {
  for (const report of [{}, { testResults: [file({}, undefined)] }]) {
    expect(recordedCases(report)).toBe(
      'recorded cases: 0 (no recordings here; PERCH_FIXTURES names their folder)',
    );
  }
});
