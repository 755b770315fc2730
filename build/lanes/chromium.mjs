/*
 * npm run lane:chromium: the windows in a current Chromium, newer than that of the substitute Electron, over the
 * bridge's contract.
 * It uses the built pages and preload, main's modules without Electron, and a sandbox (tests/lanes/). `PERCH_CHROMIUM`
 * names the program; by default the usual places are searched.
 */
import { existsSync } from 'node:fs';
import { buildStale } from '../build.mjs';
import { isCommand, runCommand, SetupFailure } from '../setup/failure.mjs';
import { runGroups } from '../steps.mjs';
import { playwrightStep } from '../tools.mjs';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} */
function chromium() {
  return process.env.PERCH_CHROMIUM ?? places.find((place) => existsSync(place));
}

/**
 * @param {string} program
 * @returns {import('../steps.mjs').Step}
 */
function chromiumStep(program) {
  return playwrightStep({
    name: 'chromium',
    config: 'tests/lanes/playwright.config.ts',
    env: { PERCH_CHROMIUM: program },
  });
}

/**
 * Steps for `npm run lanes`; empty without a Chromium on this computer, because a checkout does not require Chromium.
 *
 * @returns {import('../steps.mjs').Step[]}
 */
export function chromiumSteps() {
  const program = chromium();
  return program === undefined ? [] : [chromiumStep(program)];
}

async function lane() {
  const program = chromium();
  if (program === undefined) {
    throw new SetupFailure(
      'There is no Chromium on this machine.',
      'Install one (on Debian: apt-get install chromium), or name its program in PERCH_CHROMIUM.',
    );
  }
  await buildStale({ quiet: true });
  return await runGroups([{ steps: [chromiumStep(program)], atOnce: 1 }]);
}

if (isCommand(import.meta.url)) await runCommand(lane);
