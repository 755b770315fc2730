/** Progress and results of the two test runners. */
import { relative } from 'node:path';
import { recordedCases } from './recorded-cases.mjs';
import { root } from './setup/paths.mjs';

/**
 * @typedef {object} Results
 * @property {number} passed
 * @property {number} failed
 * @property {import('./steps.mjs').TimedTest[]} tests
 */

/**
 * The part of Vitest's report that Perch reads.
 *
 * @typedef {object} VitestReport
 * @property {number} [numPassedTests]
 * @property {number} [numFailedTests]
 * @property {{ name: string, assertionResults: VitestTest[] }[]} [testResults]
 */

/** @typedef {{ fullName: string, duration?: number | null, meta?: unknown }} VitestTest */

/**
 * The part of Playwright's report that Perch reads.
 *
 * @typedef {object} PlaywrightReport
 * @property {{ expected?: number, flaky?: number, unexpected?: number }} [stats]
 * @property {PlaywrightSuite[]} [suites]
 */

/**
 * @typedef {object} PlaywrightSuite
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ file: string, title: string, tests: { results: { duration: number }[] }[] }[]} [specs]
 */

/**
 * @param {VitestReport} report
 * @returns {Results & { note: string }}
 */
export function vitestResults({ numPassedTests = 0, numFailedTests = 0, testResults = [] }) {
  const tests = testResults.flatMap(({ name: file, assertionResults }) =>
    assertionResults.map(({ fullName, duration }) => ({
      name: `${relative(root, file)}: ${fullName}`,
      ms: duration ?? 0,
    })),
  );
  return { passed: numPassedTests, failed: numFailedTests, tests, note: recordedCases({ testResults }) };
}

/**
 * @param {PlaywrightReport} report
 * @returns {Results}
 */
export function playwrightResults({ stats: { expected = 0, flaky = 0, unexpected = 0 } = {}, suites = [] }) {
  return { passed: expected + flaky, failed: unexpected, tests: suites.flatMap(testsOf) };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {import('./steps.mjs').TimedTest[]}
 */
function testsOf({ specs = [], suites = [] }) {
  const own = specs.map(({ file, title, tests }) => ({
    name: `${file}: ${title}`,
    ms: tests.flatMap(({ results }) => results).reduce((sum, { duration }) => sum + duration, 0),
  }));
  return [...own, ...suites.flatMap(testsOf)];
}

/**
 * Reads the lines of Vitest's default reporter: one for each file, as "✓ |unit| main/base/back-off.spec.ts (7 tests) 5ms",
 * and with "❯" and "×" for failures.
 *
 * @param {import('./steps.mjs').Told} told
 * @returns {(line: string) => void}
 */
export function vitestProgress({ progress, line: tell }) {
  let tests = 0;
  return (line) => {
    const [, count] = /^ *[✓❯] .*\((\d+) tests?\b/.exec(line) ?? [];
    if (count !== undefined) progress(`${(tests += Number(count))} tests`);
    else if (/^ FAIL /.test(line)) tell(line.trim());
  };
}

/**
 * Reads the lines of Playwright's reporter "list": "Running 90 tests using 4 workers", then one for each test, as
 * "✓ 12 [short] › tests/e2e/zoom.spec.ts:9:1 › Ctrl with … (3.1s)", and with "✘" for a failure.
 *
 * @param {import('./steps.mjs').Told} told
 * @returns {(line: string) => void}
 */
export function playwrightProgress({ progress, line: tell }) {
  let [total, ended] = ['?', 0];
  return (line) => {
    total = /^Running (\d+) tests?/.exec(line)?.[1] ?? total;
    const [, mark] = /^ *([✓✘-]) +\d+ /.exec(line) ?? [];
    if (mark === undefined) return;
    progress(`${(ended += 1)} of ${total}`);
    if (mark === '✘') tell(line.trim());
  };
}
