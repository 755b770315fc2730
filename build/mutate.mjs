/*
 * npm run mutate -- MODULE: mutation test of a module. Makes one small change after the other and runs the module's own
 * unit tests on each; a change that no test notices shows an untested line. Takes minutes, so it is not part of
 * `npm test`.
 *
 *   npm run mutate -- alerts        a module of main
 *   npm run mutate -- bridge        a module of the checkout
 *   npm run mutate -- main/fleet/plan/poller.ts
 *
 * The changes and their switches are Stryker's, but not its runner, which starts Vitest for each change and needs 40
 * minutes for a module that takes one minute here.
 *
 * Limits: code that runs while a module is loaded is not tried and is counted separately. Code that only tests of more
 * than 150 ms reach is not tried, and a constructor with `$state` is not counted. A constant made by `new` without
 * arguments is renewed before each run. A change that causes an endless loop counts as noticed, because the switches in
 * the loop end it. A loop without a switch blocks the run: in a file outside the named place (name the whole module
 * then), or within one regular expression.
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createVitest } from 'vitest/node';
import { changeModule } from './mutate/changed-module.mjs';
import { report } from './mutate/report.mjs';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { compileMessages } from './messages.mjs';

async function mutate() {
  const place = placeOf(process.argv[2]);
  compileMessages();
  const mutants = await changeModule(place);
  const dir = statSync(join(root, place)).isFile() ? dirname(place) : place;
  const { reached, noticed, loaded, failed } = await runTests(dir);
  if (failed.length > 0) {
    throw new SetupFailure(
      `These tests do not load, or do not pass twice in a row as the code is:\n${failed.join('\n')}`,
      'Mend them first.',
    );
  }
  /** @param {string} id */
  const fateOf = (id) => {
    if (noticed.has(id)) return 'noticed';
    if (reached.has(id)) return 'unnoticed';
    return loaded.has(id) ? 'loaded' : 'unreached';
  };
  console.log(report(mutants.map((mutant) => ({ mutant, fate: fateOf(mutant.id) }))));
  return 0;
}

/** @param {string} dir */
async function runTests(dir) {
  const vitest = await createVitest('test', {
    config: join(root, 'build/mutate.vitest.config.ts'),
    dir: join(root, dir),
    watch: false,
    reporters: process.stdout.isTTY ? ['default'] : [],
  });
  const found = {
    reached: new Set(),
    noticed: new Set(),
    loaded: new Set(),
    failed: /** @type {string[]} */ ([]),
  };
  try {
    const { testModules } = await vitest.start();
    for (const module of testModules) {
      for (const { message } of module.errors()) found.failed.push(`${module.relativeModuleId}: ${message}`);
    }
    for (const test of testModules.flatMap((module) => [...module.children.allTests()])) {
      if (!test.ok()) found.failed.push(test.fullName);
      const { mutants } = /** @type {{ mutants?: import('./mutate/mutating-runner.js').Mutants }} */ (
        test.meta()
      );
      for (const id of mutants?.reached ?? []) found.reached.add(id);
      for (const id of mutants?.noticed ?? []) found.noticed.add(id);
      for (const id of mutants?.loaded ?? []) found.loaded.add(id);
      if (mutants?.slow === true) console.log(`Too slow for changes: ${test.fullName}`);
    }
  } finally {
    await vitest.close();
  }
  return found;
}

/** @param {string | undefined} module */
function placeOf(module) {
  const found = [module, `main/${module}`].find((place) => module && place && existsSync(join(root, place)));
  if (found) return found;
  throw new SetupFailure(
    module ? `There is no module "${module}".` : 'Which module?',
    'Name a module of main (alerts, fleet, panel, wings ...), a folder, or a file: npm run mutate -- alerts',
  );
}

await runCommand(mutate);
