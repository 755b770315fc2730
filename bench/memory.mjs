/* Memory by process and by kind, with the tray only and with a window, for few servers and for many. */
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce } from './driven.mjs';
import { bounded, line } from './figures.mjs';
import { freePort, runInside } from './inspected.mjs';
import { allocatorsOf, mappingsOf } from './memory-kinds.mjs';
import { writeBarePage } from './page.mjs';
import { rolesOf } from './processes.mjs';
import { executable, run } from './programs.mjs';
import { startServers } from './servers.mjs';

/** Wait until the lists were read and the memory of the start was freed. */
const restMs = 15_000;
/** The limit for Perch, as a multiple of the bare application. */
export const memoryReach = { fewTray: 1.1, manyTray: 1.3, fewWindow: 1.15 };
/** A kind with less than this in both applications is not printed. */
const tinyMib = 0.05;

/** @typedef {Record<string, number>} Kinds MiB */
/** @typedef {{ mib: number, processes: Kinds, kinds: Record<string, Kinds> }} Memory */

/** @param {number} many servers */
export async function measureMemory(many) {
  const few = await measureCount(1, [`--page=${writeBarePage()}`]);
  print(few, 'tray', memoryReach.fewTray);
  print(few, 'window', memoryReach.fewWindow);
  const fleet = await measureCount(many, [`--rows=${many}`]);
  print(fleet, 'tray', memoryReach.manyTray);
  print(fleet, 'window', Number.POSITIVE_INFINITY);
  return [few, fleet];
}

/** @param {number} count @param {readonly string[]} bareFlags */
async function measureCount(count, bareFlags) {
  const panel = await startServers(count);
  try {
    /** @type {Record<string, Memory>} */
    const figures = {};
    for (const name of /** @type {const} */ (['bare', 'perch'])) {
      const desktop = await startDesktop();
      try {
        if (name === 'perch') await connectOnce(desktop, panel);
        for (const place of /** @type {const} */ (['tray', 'window'])) {
          const flags = name === 'bare' ? bareFlags : [];
          figures[`${name} ${place}`] = await measureOnce(desktop, name, { hidden: place === 'tray', flags });
        }
      } finally {
        await desktop.stop();
      }
    }
    return { servers: panel.visible, figures };
  } finally {
    await panel.stop();
  }
}

/**
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {import('./programs.mjs').ProgramName} name
 * @param {{ hidden: boolean, flags: readonly string[] }} options
 * @returns {Promise<Memory>}
 */
async function measureOnce(desktop, name, { hidden, flags }) {
  const port = await freePort();
  const started = await run(desktop, name, { hidden, restMs, flags: [...flags, `--inspect-port=${port}`] });
  // The mappings first, because inspector and trace take memory themselves.
  const processes = rolesOf(started.pid, executable);
  const mapped = new Map(processes.map(({ pid }) => [pid, mappingsOf(pid)]));
  const allocated = allocatorsOf(await runInside({ pid: started.pid, port }, dumpOfMemory));
  await started.end();
  /** @type {Memory} */
  const figures = { mib: 0, processes: {}, kinds: {} };
  for (const { pid, role, mib } of processes) {
    figures.mib += mib;
    add(figures.processes, { [role]: mib });
    add((figures.kinds[role] ??= {}), { ...mapped.get(pid), ...allocated.get(pid) });
  }
  return figures;
}

/**
 * Runs in main of the measured application.
 *
 * @param {{ electron: typeof import('electron'), fs: typeof import('node:fs') }} modules
 */
async function dumpOfMemory({ electron: { contentTracing }, fs }) {
  await contentTracing.startRecording({
    included_categories: ['disabled-by-default-memory-infra'],
    excluded_categories: ['*'],
    memory_dump_config: { triggers: [{ mode: 'detailed', periodic_interval_ms: 1000 }] },
  });
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const file = await contentTracing.stopRecording();
  const trace = fs.readFileSync(file, 'utf8');
  fs.rmSync(file);
  return trace;
}

/** @param {Kinds} sums @param {Kinds} more */
function add(sums, more) {
  for (const [kind, mib] of Object.entries(more)) sums[kind] = (sums[kind] ?? 0) + mib;
}

/**
 * @param {Awaited<ReturnType<typeof measureCount>>} measured
 * @param {'tray' | 'window'} place
 * @param {number} reach
 */
function print({ servers, figures }, place, reach) {
  const none = { mib: Number.NaN, processes: {}, kinds: {} };
  const { [`perch ${place}`]: perch = none, [`bare ${place}`]: bare = none } = figures;
  console.log(`\n${servers} servers, ${place === 'tray' ? 'tray only' : 'main window'}, MiB:\n`);
  bounded('all processes, PSS, as a multiple of bare', perch.mib / bare.mib, reach, {
    digits: 2,
    remark: `${perch.mib.toFixed(0)}, bare ${bare.mib.toFixed(0)}`,
  });
  for (const [role, mib] of Object.entries(perch.processes)) {
    compare(role, mib, bare.processes[role]);
    const kinds = { ...bare.kinds[role], ...perch.kinds[role] };
    for (const kind of Object.keys(kinds))
      compare(`    ${kind}`, perch.kinds[role]?.[kind] ?? 0, bare.kinds[role]?.[kind] ?? 0);
  }
}

/** @param {string} what @param {number} perch @param {number} [bare] */
function compare(what, perch, bare = 0) {
  if (Math.max(perch, bare) >= tinyMib) line(what, perch.toFixed(1), `bare ${bare.toFixed(1)}`);
}
