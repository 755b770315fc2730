/*
 * npm test: all checks. Continues after a failed part, so that one run shows all failures. The last line is `N passed,
 * N failed`.
 */
import { auditStep } from './audit.mjs';
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
import { compileMessages } from './messages.mjs';

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
  compileMessages();
  const built = await runSteps([build], { atOnce: 1 });
  // The sandbox's tests mostly wait, so the other checks run beside them.
  const checks = await runSteps([vitestStep('sandbox', { show: false }), ...checkSteps, auditStep], {
    atOnce: 3,
  });
  // Alone, because these have processes, websockets and time limits.
  const runs = await runSteps([playwrightStep(), ...chromiumSteps()], { atOnce: 1 });
  // Each waits for most of its time, and has limits far above its time.
  const rest = await Promise.all([
    runSteps([packageSmoke, installed], { atOnce: 1 }),
    runSteps([devSmoke, node24Step], { atOnce: 1 }),
  ]);
  const all = [built, checks, runs, ...rest];
  const sum = (/** @type {'passed' | 'failed'} */ of) => all.reduce((count, part) => count + part[of], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}

await runCommand(test);
