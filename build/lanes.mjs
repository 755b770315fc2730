/*
 * npm run lanes: tests of other products than this checkout on this computer: the packed and the installed
 * application, `npm run dev` in a copy, Node 24, the newest Chromium, known holes of the packages.
 *
 *   npm run lanes -- --minutes 30   starts no lane after 30 minutes, and names those that it left out
 *   npm run lanes -- --only package
 */
import { auditStep } from './audit.mjs';
import { buildStale } from './build.mjs';
import { devSmoke } from './dev-smoke.mjs';
import { installed } from './installed.mjs';
import { chromiumSteps } from './lanes/chromium.mjs';
import { node24Step } from './lanes/node24.mjs';
import { compileMessages } from './messages.mjs';
import { packageSmoke } from './package-smoke.mjs';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { optionValues, runGroups } from './steps.mjs';

async function lanes() {
  const until = performance.now() + minutes() * 60_000;
  compileMessages();
  await buildStale({ quiet: true });
  const groups = [
    // `installed` installs what `package` made.
    { steps: [packageSmoke, installed], atOnce: 1 },
    // Each waits for most of its time, and has limits far above its time.
    { steps: [devSmoke, node24Step, auditStep], atOnce: 2 },
    { steps: chromiumSteps(), atOnce: 1 },
  ];
  return await runGroups(groups, { only: optionValues('--only'), until });
}

/** @returns {number} */
function minutes() {
  const [text] = optionValues('--minutes');
  if (text === undefined) return Infinity;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  throw new SetupFailure(`"${text}" is no number of minutes.`, 'Give a number, such as --minutes 30.');
}

await runCommand(lanes);
