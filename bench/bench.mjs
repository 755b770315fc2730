/*
 * `npm run bench`: start-up and memory of Perch beside a bare Electron application, turn by turn in one run on this
 * machine. Ratios are what counts; a figure alone says more of the machine than of Perch.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { memoryOf } from './processes.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { executable } = JSON.parse(readFileSync(join(root, '.cache/electron-runtime.json'), 'utf8'));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(values.rounds);
/** Long enough for a fresh application to come to rest. */
const REST_MS = 5000;

const programs = {
  bare: { folder: join(root, 'bench/bare'), title: 'Bare' },
  perch: { folder: root, title: 'Perch' },
};

/**
 * @param {import('../tests/support/desktop/desktop.mjs').Desktop} desktop
 * @param {keyof typeof programs} name
 * @param {{ hidden: boolean, env?: Record<string, string> }} options
 */
async function run(desktop, name, { hidden, env = {} }) {
  const { folder, title } = programs[name];
  const args = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    folder,
    ...(hidden ? ['--hidden'] : []),
  ];
  const started = performance.now();
  const child = spawn(executable, args, {
    env: {
      ...desktop.env,
      PERCH_DATA: join(desktop.folder, `data-${name}`),
      PERCH_NODE: process.execPath,
      ...env,
    },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  const windowShown = hidden ? null : visibleWindow(desktop, title).then(() => performance.now() - started);
  await desktop.waitForTray();
  const tray = performance.now() - started;
  const window = await windowShown;
  await new Promise((rest) => setTimeout(rest, REST_MS));
  const memory = memoryOf(/** @type {number} */ (child.pid), executable);
  return {
    tray,
    window,
    memory,
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
    pid: /** @type {number} */ (child.pid),
  };
}

/**
 * Asks again and again: xdotool's own way of waiting looks only twice a second.
 *
 * @param {import('../tests/support/desktop/desktop.mjs').Desktop} desktop
 * @param {string} title
 */
async function visibleWindow(desktop, title) {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline;) {
    const { code } = await desktop.run('xdotool', ['search', '--onlyvisible', '--name', `^${title}`]);
    if (code === 0) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`No window of ${title} within 20 s.`);
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** @param {string} folder @returns {number} bytes */
function sizeOf(folder) {
  return readdirSync(folder).reduce((sum, name) => {
    const path = join(folder, name);
    const stat = lstatSync(path);
    return sum + (stat.isDirectory() ? sizeOf(path) : stat.size);
  }, 0);
}

/** @type {Record<string, { bare: number[], perch: number[] }>} */
const figures = {};
/** @param {string} what @param {keyof typeof programs} name @param {number} value */
function note(what, name, value) {
  (figures[what] ??= { bare: [], perch: [] })[name].push(value);
}

for (let round = 0; round < rounds; round++) {
  for (const name of /** @type {const} */ (['bare', 'perch'])) {
    const desktop = await startDesktop();
    try {
      const open = await run(desktop, name, { hidden: false });
      note('start to tray, ms', name, open.tray);
      note('start to window, ms', name, open.window ?? Number.NaN);
      note('memory with the main window, MiB (PSS)', name, open.memory.mib);
      await open.end();
      // Perch with the demo's servers live in the tray, and no window; its first start connected it.
      const hidden = await run(desktop, name, {
        hidden: true,
        env: name === 'perch' ? { PERCH_DEMO: '1' } : {},
      });
      note('memory with the tray only, MiB (PSS)', name, hidden.memory.mib);
      if (name === 'perch') {
        await desktop.activateTray();
        await new Promise((rest) => setTimeout(rest, REST_MS));
        note('memory with the popover, MiB (PSS)', name, memoryOf(hidden.pid, executable).mib);
      }
      await hidden.end();
    } finally {
      await desktop.stop();
    }
  }
}

console.log(`Median of ${rounds} rounds, bare Electron and Perch in turn:\n`);
const rows = Object.entries(figures).map(([what, { bare, perch }]) => {
  const [floor, own] = [median(bare), median(perch)];
  const compared = Number.isNaN(floor)
    ? 'no bare counterpart'
    : `bare ${floor.toFixed(0)}, ratio ${(own / floor).toFixed(2)}`;
  console.log(`${what.padEnd(42)} ${own.toFixed(0).padStart(6)}   (${compared})`);
  return { what, bare: floor, perch: own, ratio: own / floor };
});
const bytes =
  sizeOf(join(root, 'out/main')) + sizeOf(join(root, 'out/preload')) + sizeOf(join(root, 'out/renderer'));
console.log(
  `${'size of out/{main,preload,renderer}, KiB'.padEnd(42)} ${(bytes / 1024).toFixed(0).padStart(6)}`,
);
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out/bench.json'), JSON.stringify({ rounds, rows, bytes }, null, 2));
