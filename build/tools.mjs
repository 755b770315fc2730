import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { recordedCases } from './recorded-cases.mjs';
import { localCache, root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';

/**
 * @typedef {import('./steps.mjs').Step} Step
 *
 * @typedef {import('./recorded-cases.mjs').Report & RunnerCounts} Report
 *
 * @typedef {object} RunnerCounts counts of Vitest (first) and Playwright
 * @property {number} [numPassedTests]
 * @property {number} [numFailedTests]
 * @property {{ expected?: number, flaky?: number, unexpected?: number }} [stats]
 */

const bin = join(root, 'node_modules');

/** Programs of packages as plain scripts, so that they start on Windows as well. */
const programs = {
  tsc: '@typescript/native/bin/tsc',
  'svelte-check': 'svelte-check/bin/svelte-check',
  eslint: 'eslint/bin/eslint.js',
  oxlint: 'oxlint/bin/oxlint',
  knip: 'knip/bin/knip.js',
  prettier: 'prettier/bin/prettier.cjs',
  vitest: 'vitest/vitest.mjs',
  playwright: '@playwright/test/cli.js',
  'electron-builder': 'electron-builder/cli.js',
};

/**
 * Runs a program of node_modules in the checkout.
 *
 * @param {keyof typeof programs} name
 * @param {readonly string[]} args
 * @param {{ cwd?: string, show?: boolean, hide?: RegExp, env?: NodeJS.ProcessEnv, node?: string }} [options] `node`: path of
 *   the Node that runs the program; by default the Node of this process. `cwd`: by default the checkout
 */
export function runTool(name, args, { node = process.execPath, ...options } = {}) {
  const env = { ...(options.env ?? process.env), ...colours() };
  return run(node, [join(bin, programs[name]), ...args], { cwd: root, ...options, env });
}

/** The programs write to a pipe and can't know whether their output ends on a terminal. */
function colours() {
  return process.stdout.isTTY
    ? { FORCE_COLOR: '1', NO_COLOR: undefined }
    : { FORCE_COLOR: undefined, NO_COLOR: '1' };
}

/**
 * Step that passes if the program exits with 0.
 *
 * @param {string} name
 * @param {keyof typeof programs} program
 * @param {readonly string[]} args
 * @returns {Step}
 */
export function toolStep(name, program, args) {
  return {
    name,
    work: async () => {
      const { code, output } = await runTool(program, args);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
    },
  };
}

/**
 * The sandbox's tests mostly wait for processes and the clock, so more of them run at once than there are processors.
 */
const workers = { unit: [], components: ['--maxWorkers=1'], sandbox: ['--maxWorkers=6'] };

/**
 * Step that counts the tests of one Vitest project.
 *
 * @param {'unit' | 'components' | 'sandbox'} project
 * @param {{ show: boolean, node?: string, files?: readonly string[] }} options `show` prints the output of the tests,
 * `files` are prefixes of the paths of specs to run
 * @returns {Step}
 */
export function vitestStep(project, { show, node = process.execPath, files = [] }) {
  return {
    name: `${project} tests`,
    work: async () => {
      const report = reportFile(project);
      const { code, output } = await runTool(
        'vitest',
        [
          ...['run', '--project', `${project}*`, ...workers[project], ...files],
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        ],
        { show, node },
      );
      const result = readReport(report);
      const [passed, failed] = [Number(result.numPassedTests ?? 0), Number(result.numFailedTests ?? 0)];
      return {
        ...counted({ code, passed, failed, output: show ? '' : output }),
        note: recordedCases(result),
      };
    },
  };
}

/**
 * Step that counts Playwright's tests, by default those of the real application.
 *
 * @param {{ name: string, config: string, env: NodeJS.ProcessEnv }} [others]
 * @returns {Step}
 */
export function playwrightStep(others) {
  const { name, config, env } = others ?? {
    name: 'end-to-end tests',
    config: 'playwright.config.ts',
    env: { PERCH_FEW_PICTURES: '1' },
  };
  return {
    name,
    work: async () => {
      const report = reportFile(name.replaceAll(' ', '-'));
      const { code } = await runTool('playwright', ['test', `--config=${config}`, '--reporter=list,json'], {
        show: true,
        env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      });
      const { stats = {} } = readReport(report);
      return counted({
        code,
        passed: Number(stats.expected ?? 0) + Number(stats.flaky ?? 0),
        failed: Number(stats.unexpected ?? 0),
        output: '',
      });
    },
  };
}

/**
 * A runner can fail without a failed test: a file that can't be loaded, an error between tests, or no tests.
 *
 * @param {{ code: number, passed: number, failed: number, output: string }} result
 */
function counted({ code, passed, failed, output }) {
  const hidden = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + hidden, output };
}

/** @param {string} name */
function reportFile(name) {
  const folder = join(localCache, 'reports');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  // Results of an earlier run must not be counted.
  rmSync(file, { force: true });
  return file;
}

/**
 * @param {string} file
 * @returns {Report} empty if the runner ended before
 */
function readReport(file) {
  try {
    return /** @type {Report} */ (JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
