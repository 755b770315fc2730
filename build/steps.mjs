import { tail } from './setup/run.mjs';

/**
 * One part of a check. `work` returns the numbers of passed and failed items.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<Outcome>} work
 */

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string} output shown after a failure, unless it was shown during the step
 * @property {string} [note] one line that is always shown
 */

/**
 * Runs all steps, `atOnce` at a time, and continues after a failed one. Prints failures and times.
 *
 * @param {readonly Step[]} steps
 * @param {{ atOnce: number }} options
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runSteps(steps, { atOnce }) {
  const waiting = [...steps];
  const sum = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const began = Date.now();
      const outcome = await outcomeOf(step);
      sum.passed += outcome.passed;
      sum.failed += outcome.failed;
      report(step.name, outcome, (Date.now() - began) / 1000);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return sum;
}

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(step) {
  try {
    return await step.work();
  } catch (error) {
    return {
      passed: 0,
      failed: 1,
      output: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

/**
 * @param {string} name
 * @param {Outcome} outcome
 * @param {number} seconds
 */
function report(name, { passed, failed, output, note }, seconds) {
  // A step without passed and failed tests was left out; its note says why.
  const done = passed === 0 ? '--  ' : 'ok  ';
  const mark = failed === 0 ? done : 'FAIL';
  const count = passed + failed > 1 ? ` (${passed} passed, ${failed} failed)` : '';
  if (failed > 0 && output.trim() !== '') console.log(`\n${tail(output, 200)}\n`);
  console.log(`${mark} ${name}${count} ${seconds.toFixed(1)} s`);
  if (note !== undefined) console.log(`     ${note}`);
}
