/*
 * npm test: everything. Goes on after a part that fails, so that one run shows all that is wrong, and ends with one
 * line `N passed, N failed`.
 */
import { buildStale } from './build.mjs';
import { checkSteps } from './check.mjs';
import { devSmoke } from './dev-smoke.mjs';
import { installed } from './installed.mjs';
import { chromiumSteps } from './lanes/chromium.mjs';
import { node24Step } from './lanes/node24.mjs';
import { packageSmoke } from './package-smoke.mjs';
import { runCommand } from './setup/failure.mjs';
import { runSteps } from './steps.mjs';
import { playwrightStep, vitestStep } from './tools.mjs';
import { compileWords } from './words.mjs';

/** @typedef {import('./steps.mjs').Step} Step */

/** @type {Step} */
const build = {
  name: 'build',
  work: async () => {
    await buildStale({ quiet: true });
    return { passed: 1, failed: 0, output: '' };
  },
};

async function test() {
  compileWords();
  const checks = await runSteps(checkSteps, { atOnce: 2 });
  // One after the other: these have processes, sockets and time limits of their own.
  const runs = await runSteps(
    [
      ...[build, node24Step, vitestStep('sandbox', { show: true }), playwrightStep()],
      ...[...chromiumSteps(), devSmoke, packageSmoke, installed],
    ],
    {
      atOnce: 1,
    },
  );
  const failed = checks.failed + runs.failed;
  console.log(`\n${checks.passed + runs.passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

await runCommand(test);
