/*
 * npm test: everything that tests this checkout on this computer. `--only NAME` runs one part. What tests another
 * product than this checkout is `npm run lanes`.
 */
import { buildStale } from './build.mjs';
import { checkSteps } from './check.mjs';
import { compileMessages } from './messages.mjs';
import { runCommand } from './setup/failure.mjs';
import { optionValues, runGroups } from './steps.mjs';
import { playwrightStep, vitestStep } from './tools.mjs';

async function test() {
  compileMessages();
  await buildStale({ quiet: true });
  const groups = [
    // The sandbox's tests mostly wait, so the other checks run beside them.
    { steps: [vitestStep('sandbox'), ...checkSteps], atOnce: 3 },
    // Alone, because these have processes, websockets and time limits.
    { steps: [playwrightStep()], atOnce: 1 },
  ];
  return await runGroups(groups, { only: optionValues('--only') });
}

await runCommand(test);
