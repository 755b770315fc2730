import { tail } from './setup/run.mjs';

/**
 * One part of a check, named as `npm test -- --only NAME` names it.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {(told: Told) => Promise<Outcome>} work
 */

/**
 * What a step tells while it works.
 *
 * @typedef {object} Told
 * @property {(text: string) => void} progress how far it is, such as "12 of 90"; replaces the text before
 * @property {(line: string) => void} line a line that is printed at once, such as a failed test
 */

/**
 * @typedef {object} Outcome numbers of passed and failed items
 * @property {number} passed
 * @property {number} failed
 * @property {string} output shown after a failure
 * @property {string} [note] one line that is always shown
 * @property {readonly TimedTest[]} [tests]
 */

/** @typedef {{ name: string, ms: number }} TimedTest */
/** @typedef {{ steps: readonly Step[], atOnce: number }} Group */

/** Interval of the line that says what runs, in ms: rewritten in place on a terminal, added to a log otherwise. */
const everyMs = process.stdout.isTTY ? 1000 : 30_000;
const mostSlowest = 10;

/**
 * Runs groups of steps one after the other, or only the steps in `only`, and continues after a failed one. Prints what
 * runs, each end with its time, failures, how to run a failed step alone, the slowest tests, and in the last line the
 * numbers and the time.
 *
 * @param {readonly Group[]} groups
 * @param {{ only?: readonly string[], until?: number }} [options] a step is left out if `performance.now()` is past `until`
 * @returns {Promise<number>} exit code
 */
export async function runGroups(groups, { only = [], until = Infinity } = {}) {
  const names = groups.flatMap(({ steps }) => steps.map(({ name }) => name));
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no part "${unknown.join('", "')}". The parts: ${names.join(', ')}.`);
    return 2;
  }
  const sum = { passed: 0, failed: 0, tests: /** @type {TimedTest[]} */ ([]) };
  for (const { steps, atOnce } of groups) {
    const wanted = steps.filter(({ name }) => only.length === 0 || only.includes(name));
    await runGroup({ steps: wanted, atOnce }, until, (step, outcome, ms) => {
      sum.passed += outcome.passed;
      sum.failed += outcome.failed;
      sum.tests.push(...(outcome.tests ?? []));
      report(step.name, outcome, ms);
      if (outcome.failed > 0 && names.length > 1) print(`     only this part: ${commandFor(step.name)}`);
    });
  }
  const slowest = sum.tests.sort((a, b) => b.ms - a.ms).slice(0, mostSlowest);
  if (slowest.length > 0) print('\nThe slowest tests:');
  for (const { name, ms } of slowest) print(`  ${duration(ms).padStart(10)}  ${name}`);
  print(`\n${sum.passed} passed, ${sum.failed} failed in ${duration(performance.now())}`);
  return sum.failed === 0 ? 0 : 1;
}

/**
 * @param {Group} group
 * @param {number} until
 * @param {(step: Step, outcome: Outcome, ms: number) => void} ended
 */
async function runGroup({ steps, atOnce }, until, ended) {
  const waiting = [...steps];
  /** @type {Map<string, { began: number, progress: string }>} */
  const running = new Map();
  const ticker = setInterval(() => showRunning(running), everyMs);
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const began = performance.now();
      if (began > until) {
        print(`--   ${step.name}: left out, because the time is over`);
        continue;
      }
      const state = { began, progress: '' };
      running.set(step.name, state);
      const outcome = await outcomeOf(step, {
        progress: (text) => void (state.progress = text),
        line: (line) => print(`     ${step.name}: ${line}`),
      });
      running.delete(step.name);
      ended(step, outcome, performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  clearInterval(ticker);
}

/**
 * Values of an option that may be given several times: `--only lint --only unit`, `--only=lint,unit`.
 *
 * @param {string} option
 */
export function optionValues(option) {
  const words = process.argv.slice(2).flatMap((word) => word.split('='));
  return words.flatMap((word, at) => (words[at - 1] === option ? word.split(',') : []));
}

/**
 * @param {Step} step
 * @param {Told} told
 * @returns {Promise<Outcome>}
 */
async function outcomeOf(step, told) {
  try {
    return await step.work(told);
  } catch (error) {
    const output = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failed: 1, output };
  }
}

/**
 * @param {string} name
 * @param {Outcome} outcome
 * @param {number} ms
 */
function report(name, { passed, failed, output, note }, ms) {
  // A step without passed and failed tests was left out; its note says why.
  const done = passed === 0 ? '--  ' : 'ok  ';
  const mark = failed === 0 ? done : 'FAIL';
  const count = passed + failed > 1 ? `: ${passed} passed, ${failed} failed` : '';
  if (failed > 0 && output.trim() !== '') print(`\n${tail(output, 400)}\n`);
  print(`${mark} ${name}${count} in ${duration(ms)}`);
  if (note !== undefined) print(`     ${note}`);
}

/** @param {string} name */
function commandFor(name) {
  return `npm run ${process.env.npm_lifecycle_event ?? 'test'} -- --only ${name}`;
}

/** @param {ReadonlyMap<string, { began: number, progress: string }>} running */
function showRunning(running) {
  if (running.size === 0) return;
  const parts = [...running].map(([name, { began, progress }]) =>
    [name, progress, duration(performance.now() - began)].filter((word) => word !== '').join(' '),
  );
  const line = `...  ${parts.join(' · ')}`;
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[2K${line.slice(0, process.stdout.columns - 1)}`);
  else console.log(line);
}

/** @param {string} line */
function print(line) {
  const erase = process.stdout.isTTY ? '\r\x1b[2K' : '';
  process.stdout.write(`${erase}${line}\n`);
}

/** @param {number} ms */
function duration(ms) {
  const seconds = ms / 1000;
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
