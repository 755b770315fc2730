/*
 * npm run soak: histories of three panels with all their servers, faults, sleeps and users, played by main's modules on a
 * fake clock and judged afterwards (tests/soak/). A seed determines a whole history.
 *
 *   npm run soak -- --seeds 1000            seeds 1 to 1000
 *   npm run soak -- --seed 7 --minutes 20   one history, longer than the default of 12 minutes
 *   npm run soak -- --seed 7 --only "clock set,sleep"
 *   npm run soak -- --heap                  size of the heap over twenty hours; fails above 1 MB an hour
 *   npm run soak -- --real --minutes 30     the application itself, in real time (tests/e2e/soak.spec.ts)
 *
 * Prints the broken rules of each seed, and with `--seed` alone or `--report` also the events before. Fails for a broken
 * rule that tests/soak/known-faults.ts does not name.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { buildStale } from './build.mjs';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { localCache, root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { runTool } from './tools.mjs';
import { compileMessages } from './messages.mjs';

/** @typedef {import('../tests/soak/command.js').SoakResult} SoakResult */
/** @typedef {import('../tests/soak/command.js').HeapResult} HeapResult */

/** Steady growth above this is a leak. */
const mostMbAnHour = 1;

async function soak() {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '1' },
      minutes: { type: 'string' },
      only: { type: 'string' },
      report: { type: 'boolean', default: false },
      real: { type: 'boolean', default: false },
      heap: { type: 'boolean', default: false },
    },
  });
  const [first, count, minutes] = [
    numberOf(values.seed),
    numberOf(values.seeds),
    numberOf(values.minutes ?? (values.heap ? '1200' : '12')),
  ];
  if (values.real) return liveForReal(first, minutes);
  const only = values.only === undefined ? {} : { only: values.only.split(',') };
  const program = await bundle();
  if (values.heap) return measureHeap(program, { seed: first, minutes, heap: true });
  const began = Date.now();
  const results = await liveThrough(
    program,
    Array.from({ length: count }, (_, index) => ({ seed: first + index, minutes, ...only })),
    (result) => tell(result, values.report || count === 1),
  );
  console.log(summaryOf(results, Date.now() - began));
  return results.some(({ isNew }) => isNew) ? 1 : 0;
}

/**
 * @param {number} seed
 * @param {number} minutes
 */
async function liveForReal(seed, minutes) {
  const setUp = await run(process.execPath, [join(root, 'build/setup.mjs'), 'test'], {
    cwd: root,
    show: true,
  });
  if (setUp.code !== 0) return setUp.code;
  await buildStale({ quiet: true });
  const env = { ...process.env, PERCH_SOAK_SEED: String(seed), PERCH_SOAK_MINUTES: String(minutes) };
  const { code } = await runTool('playwright', ['test', 'tests/e2e/soak.spec.ts'], { show: true, env });
  return code;
}

/** @param {string} text */
function numberOf(text) {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new SetupFailure(`"${text}" is no number of seeds or minutes.`, 'Give a whole number above 0.');
}

/** One file for plain Node, several times faster than the same modules in a test runner. */
async function bundle() {
  compileMessages();
  const outDir = join(localCache, 'soak');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      outDir,
      rolldownOptions: {
        input: { command: join(root, 'tests/soak/command.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return join(outDir, 'command.mjs');
}

/**
 * Distributes the seeds over as many processes as there are processors.
 *
 * @param {string} program
 * @param {{ seed: number, minutes: number, only?: string[] }[]} orders
 * @param {(result: SoakResult) => void} done
 */
async function liveThrough(program, orders, done) {
  const waiting = [...orders];
  /** @type {SoakResult[]} */
  const results = [];
  const take = (/** @type {unknown} */ message) => {
    const result = /** @type {SoakResult} */ (message);
    results.push(result);
    done(result);
  };
  const count = Math.min(availableParallelism(), orders.length);
  await Promise.all(Array.from({ length: count }, () => work(program, waiting, take)));
  return results.sort((a, b) => a.seed - b.seed);
}

/**
 * One process that handles orders until none is left.
 *
 * @param {string} program
 * @param {object[]} waiting
 * @param {(message: unknown) => void} take
 * @param {string[]} [execArgv]
 */
function work(program, waiting, take, execArgv = []) {
  return new Promise((resolve, reject) => {
    const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv });
    const next = () => {
      const order = waiting.shift();
      if (order === undefined) child.disconnect();
      else child.send(order);
    };
    child.on('message', (message) => {
      take(message);
      next();
    });
    child.on('exit', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`a process that lives through histories ended with ${code}`));
    });
    next();
  });
}

/**
 * @param {string} program
 * @param {{ seed: number, minutes: number, heap: true }} order
 */
async function measureHeap(program, order) {
  /** @type {HeapResult | null} */
  let result = null;
  await work(program, [order], (message) => (result = /** @type {HeapResult} */ (message)), ['--expose-gc']);
  const { samples, slope } = /** @type {HeapResult} */ (/** @type {unknown} */ (result));
  for (const { hours, megabytes, servers } of samples.filter((_, index) => index % 4 === 3)) {
    console.log(`${hours.toFixed(0)} h: ${megabytes.toFixed(2)} MB, ${servers} servers`);
  }
  const sign = slope < 0 ? '' : '+';
  console.log(`seed ${order.seed}, ${order.minutes} minutes: heap ${sign}${slope.toFixed(3)} MB per hour`);
  return Math.abs(slope) > mostMbAnHour ? 1 : 0;
}

/**
 * @param {SoakResult} result
 * @param {boolean} inFull
 */
function tell({ seed, broken, report }, inFull) {
  const rules = Object.entries(broken);
  if (rules.length === 0) return;
  if (inFull) console.log(`${report}\n`);
  else console.log(`seed ${seed}: ${rules.map(([rule, count]) => `${rule} (${count})`).join(', ')}`);
}

/**
 * @param {SoakResult[]} results
 * @param {number} wallMs
 */
function summaryOf(results, wallMs) {
  const sum = (/** @type {(result: SoakResult) => number} */ of) =>
    results.reduce((total, result) => total + of(result), 0);
  const hours = (sum(({ ms }) => ms) / 3_600_000).toFixed(1);
  const rules = new Set(results.flatMap(({ broken }) => Object.keys(broken)));
  const bad = results.filter(({ broken }) => Object.keys(broken).length > 0);
  return [
    `${results.length} seeds, ${hours} hours in ${(wallMs / 1000).toFixed(0)} s: ${sum(({ troubles }) => troubles)} troubles,`,
    `${sum(({ clicks }) => clicks)} clicks, ${sum(({ crashes }) => crashes)} crashes, ${sum(({ alerts }) => alerts)} alerts`,
    `(${sum(({ cooled }) => cooled)} crashes within a cool-down), ${sum(({ restarts }) => restarts)} restarts of Perch;`,
    `${bad.length} seeds break a rule`,
    ...fatesIn(results),
    ...[...rules].map((rule) => {
      const seeds = bad.filter(({ broken }) => broken[rule] !== undefined);
      return `\n  ${rule}: ${seeds.length} seeds, the first ${seeds[0]?.seed}`;
    }),
  ].join(' ');
}

/**
 * Fates of the crashes, the most frequent first.
 *
 * @param {readonly SoakResult[]} results
 */
function fatesIn(results) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { fates } of results) {
    for (const [fate, count] of Object.entries(fates)) counts.set(fate, (counts.get(fate) ?? 0) + count);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([fate, count]) => `\n  crashes, ${fate}: ${count}`);
}

await runCommand(soak);
