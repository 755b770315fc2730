import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { playwrightProgress, playwrightResults, vitestProgress, vitestResults } from './reports.mjs';
import { runGroups } from './steps.mjs';

let printed = '';

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const step = (name: string, outcome: object) => ({
  name,
  work: () => Promise.resolve({ passed: 1, failed: 0, output: '', ...outcome }),
});

it('a failed part is shown with its output and the command for it alone, and the others still run', async () => {
  const broken = { name: 'broken', work: () => Promise.reject(new Error('no program')) };
  const slow = { passed: 3, tests: [{ name: 'a.spec.ts: slow', ms: 61_500 }] };
  const steps = [step('lint', { passed: 0, failed: 2, output: 'a.ts: wrong' }), broken, step('unit', slow)];
  expect(await runGroups([{ steps, atOnce: 1 }])).toBe(1);
  expect(printed).toContain('a.ts: wrong');
  expect(printed).toMatch(
    /FAIL lint: 0 passed, 2 failed in [\d.]+ s\n {5}only this part: .+ -- --only lint\n/,
  );
  expect(printed).toContain('Error: no program');
  expect(printed).toMatch(/ok {3}unit: 3 passed, 0 failed in/);
  expect(printed).toMatch(
    /The slowest tests:\n +1 min 1 s {2}a\.spec\.ts: slow\n\n3 passed, 3 failed in .+ s\n$/,
  );
});

it('only the named parts run, an unknown name is refused with the list, and time that is over leaves parts out', async () => {
  const groups = [{ steps: [step('lint', {}), step('unit', { passed: 5 })], atOnce: 2 }];
  expect(await runGroups(groups, { only: ['unit'] })).toBe(0);
  expect(printed).toContain('5 passed, 0 failed in');
  expect(printed).not.toContain('lint');
  const refused = vi.spyOn(console, 'error').mockReturnValue();
  expect(await runGroups(groups, { only: ['units'] })).toBe(2);
  expect(refused).toHaveBeenCalledWith('There is no part "units". The parts: lint, unit.');
  expect(await runGroups(groups, { until: 0 })).toBe(0);
  expect(printed).toContain('unit: left out, because the time is over');
});

it('the lines of the test runners become progress, and a failure is told at once', () => {
  const told: string[] = [];
  const to = {
    progress: (text: string) => told.push(text),
    line: (line: string) => told.push(`now ${line}`),
  };
  [
    ' ✓ |unit| a.spec.ts (7 tests) 5ms',
    ' ❯ |unit| b.spec.ts (1 test | 1 failed) 9ms',
    ' FAIL  b.spec.ts > fails',
  ].forEach(vitestProgress(to));
  [
    'Running 2 tests using 2 workers',
    '  ✓   1 [short] › a.spec.ts:1:1 › passes (3.1s)',
    '  ✘   2 [long] › b.spec.ts:1:1 › fails (1.0m)',
  ].forEach(playwrightProgress(to));
  expect(told).toEqual([
    ...['7 tests', '8 tests', 'now FAIL  b.spec.ts > fails'],
    ...['1 of 2', '2 of 2', 'now ✘   2 [long] › b.spec.ts:1:1 › fails (1.0m)'],
  ]);
});

it('tests and their times are read from both reports; a report that was never written counts nothing', () => {
  const spec = {
    file: 'a.spec.ts',
    title: 'passes',
    tests: [{ results: [{ duration: 40 }, { duration: 2 }] }],
  };
  const suites = [{ specs: [spec], suites: [{ specs: [{ ...spec, title: 'within' }] }] }];
  expect(playwrightResults({ stats: { expected: 2, unexpected: 1 }, suites })).toEqual({
    passed: 2,
    failed: 1,
    tests: [
      { name: 'a.spec.ts: passes', ms: 42 },
      { name: 'a.spec.ts: within', ms: 42 },
    ],
  });
  const assertionResults = [{ fullName: 'adds', duration: 7 }, { fullName: 'skipped' }];
  expect(
    vitestResults({
      numPassedTests: 1,
      testResults: [{ name: `${process.cwd()}/a.spec.ts`, assertionResults }],
    }),
  ).toMatchObject({
    passed: 1,
    failed: 0,
    tests: [{ name: 'a.spec.ts: adds', ms: 7 }, { ms: 0 }],
  });
  for (const read of [playwrightResults, vitestResults]) {
    expect(read({})).toMatchObject({ passed: 0, failed: 0, tests: [] });
  }
});
