/*
 * Test of `npm run dev -- --demo`: edits a view and main in a copy of the checkout, and ends with Ctrl+C. A lane of
 * `npm run lanes`; `node build/dev-smoke.mjs` runs it alone.
 */
import { until } from '../tests/support/desktop/processes.mjs';
import { CheckoutCopy } from './dev-smoke/checkout-copy.mjs';
import { DevRun } from './dev-smoke/dev-run.mjs';
import { isCommand, runCommand } from './setup/failure.mjs';
import { runGroups } from './steps.mjs';

/** Time limit until everything is built, the sandbox has its servers and the window shows one server. */
const START_MS = 60_000;
/** Time limit for a changed line in a view or in main. The run prints the time, because a slow machine fails nothing. */
const CHANGE_MS = 20_000;
/** Time limit for the window of the restarted main. */
const WINDOW_MS = 30_000;
/** Longer than main and then the desktop take to end. */
const END_MS = 20_000;

const server = 'Survival';
const draft = 'say a line that is not sent';
const seen = 'perch-smoke-edited';

/** @type {import('./steps.mjs').Step} */
export const devSmoke = {
  name: 'dev',
  work: async () => {
    // Without a display `npm run dev` starts its own desktop, on Linux only.
    if (process.platform !== 'linux') return { passed: 1, failed: 0, output: '' };
    const copy = new CheckoutCopy();
    const run = new DevRun(copy.folder);
    try {
      console.log(await tryOut(copy, run));
      return { passed: 1, failed: 0, output: '' };
    } catch (error) {
      await run.end(END_MS);
      const what = error instanceof Error ? error.message : String(error);
      return { passed: 0, failed: 1, output: `${run.said}\n${what}` };
    } finally {
      copy.remove();
    }
  },
};

/**
 * @param {CheckoutCopy} copy
 * @param {DevRun} run
 * @returns {Promise<string>} times of the steps
 */
async function tryOut(copy, run) {
  const starting = stopwatch();
  const page = await run.mainWindow(1, START_MS);
  await page.getByText(server).first().click({ timeout: START_MS });
  const command = page.getByTestId('command-input');
  await command.fill(draft);
  const started = starting();

  const viewing = stopwatch();
  await page.evaluate(`document.documentElement.dataset.mark = '${seen}'`);
  copy.edit('renderer/views/server/server-view.svelte', (text) => `<p>${seen}</p>\n${text}`);
  await page.getByText(seen).waitFor({ timeout: CHANGE_MS });
  const viewed = viewing();
  const kept = await page.locator('html').getAttribute('data-mark');
  if (kept !== seen) throw new Error('The window was loaded again for a changed view.');
  const typed = await command.inputValue();
  if (typed !== draft) throw new Error(`What was typed is "${typed}" after a changed view.`);

  const restarting = stopwatch();
  copy.edit('main/index.ts', (text) => `${text}\nprocess.stdout.write('${seen}\\n');\n`);
  await run.says(seen, CHANGE_MS);
  const restarted = restarting();
  const again = await run.mainWindow(2, WINDOW_MS);
  await again.getByText(server).first().waitFor({ timeout: WINDOW_MS });
  const shown = restarting();

  const ending = stopwatch();
  run.interrupt();
  await until(async () => run.child.exitCode !== null, { what: 'its end by Ctrl+C', timeoutMs: END_MS });
  if ((await run.ended) !== 0) throw new Error(`It ended with ${run.child.exitCode}.`);
  if (run.left().length > 0) throw new Error(`It left ${run.left().length} processes.`);
  return [
    `npm run dev: ready after ${started}`,
    `a view changed in ${viewed}`,
    `main in ${restarted} (its window in ${shown})`,
    `ended in ${ending()}`,
  ].join(', ');
}

/** @returns {() => string} the elapsed time */
function stopwatch() {
  const began = Date.now();
  return () => `${((Date.now() - began) / 1000).toFixed(1)} s`;
}

if (isCommand(import.meta.url)) await runCommand(() => runGroups([{ steps: [devSmoke], atOnce: 1 }]));
