import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { playwrightProgress, playwrightResults, vitestProgress, vitestResults } from './reports.mjs';
import { localCache, root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

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
 * @param {{ cwd?: string, show?: boolean, hide?: RegExp, onLine?: (line: string) => void, env?: NodeJS.ProcessEnv, node?: string }}
 *   [options] `node`: path of the Node that runs the program; by default the Node of this process. `cwd`: by default the
 *   checkout
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
 * @param {{ name?: string, node?: string, files?: readonly string[] }} [options] `files` are prefixes of the paths of
 *   specs to run
 * @returns {Step}
 */
export function vitestStep(project, { name = project, node = process.execPath, files = [] } = {}) {
  return {
    name,
    work: async (told) => {
      const report = reportFile(name);
      const { code, output } = await runTool(
        'vitest',
        [
          ...['run', '--project', `${project}*`, ...workers[project], ...files],
          ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        ],
        { node, onLine: vitestProgress(told) },
      );
      const results = vitestResults(readReport(report));
      return { ...counted(code, results, output), note: results.note };
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
    name: 'end-to-end',
    config: 'playwright.config.ts',
    env: { PERCH_FEW_PICTURES: '1' },
  };
  return {
    name,
    work: async (told) => {
      const report = reportFile(name);
      const args = ['test', `--config=${config}`, '--reporter=list,json'];
      const { code, output } = await runTool('playwright', args, {
        env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
        onLine: playwrightProgress(told),
      });
      return counted(code, playwrightResults(readReport(report)), output);
    },
  };
}

/**
 * A runner can fail without a failed test: a file that can't be loaded, an error between tests, or no tests.
 *
 * @param {number} code
 * @param {import('./reports.mjs').Results} results
 * @param {string} output
 */
function counted(code, { passed, failed, tests }, output) {
  const hidden = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + hidden, output, tests };
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
 * @returns {object} empty if the runner ended before
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
