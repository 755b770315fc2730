/*
 * npm run mutate -- ROOM: changes the code of a room in one small way after the other and runs its unit tests on each;
 * what stays green is a line that no test holds. Takes minutes, so it is no part of `npm test`.
 *
 *   npm run mutate -- alerts        a room of main
 *   npm run mutate -- bridge        a room of the checkout
 *   npm run mutate -- main/fleet/plan/poller.ts
 */
import { Stryker } from '@stryker-mutator/core';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { compileWords } from './words.mjs';

async function mutate() {
  const place = placeOf(process.argv[2]);
  const isFile = statSync(join(root, place)).isFile();
  const name = place.replaceAll(/[\\/.]/g, '-');
  compileWords();
  const results = await new Stryker({
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: 'build/mutate.vitest.config.ts', related: true },
    mutate: isFile ? [place] : [`${place}/**/*.ts`, `!${place}/**/*.spec.ts`],
    // Texts for the log and for errors of developers are nothing that a test should hold.
    mutator: { excludedMutations: ['StringLiteral'] },
    ignorePatterns: ['out', 'dist', 'test-results', '.cache', '.git', 'docs', 'bench'],
    tempDirName: '.cache/mutate',
    incremental: true,
    incrementalFile: `.cache/mutate-${name}.json`,
    concurrency: 2,
    timeoutMS: 10_000,
    reporters: ['clear-text', 'json'],
    clearTextReporter: { allowColor: process.stdout.isTTY, logTests: false, reportTests: false },
    jsonReporter: { fileName: `.cache/reports/mutate-${name}.json` },
    allowEmpty: false,
    disableTypeChecks: false,
  }).runMutationTest();
  return results.length > 0 ? 0 : 1;
}

/** @param {string | undefined} room */
function placeOf(room) {
  const found = [room, `main/${room}`].find((place) => room && place && existsSync(join(root, place)));
  if (found) return found;
  throw new SetupFailure(
    room ? `There is no room "${room}".` : 'Which room?',
    'Name a room of main (alerts, fleet, panel, wings ...), a folder, or a file: npm run mutate -- alerts',
  );
}

await runCommand(mutate);
