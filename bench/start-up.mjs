import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { measureClosedWindow } from './closed-window.mjs';
import { connectOnce } from './driven.mjs';
import { bounded, line, median, pause } from './figures.mjs';
import { memoryReach } from './memory.mjs';
import { writeBarePage } from './page.mjs';
import { root, run } from './programs.mjs';
import { startServers } from './servers.mjs';

/** Wait for a fresh application to become idle. */
const restMs = 5000;
/** Limits by figure, as a multiple of bare. */
const reach = /** @type {Readonly<Record<string, number>>} */ ({
  'start to tray, ms': 1.15,
  'start to window, ms': 1.3,
  'memory with the main window, MiB (PSS)': memoryReach.fewWindow,
  'start to tray, without a window, ms': 1.15,
  'memory with the tray only, MiB (PSS)': memoryReach.fewTray,
});
/** Minutes per round. The closed windows take half a minute each. */
const minutesOfRound = 2.3;

/**
 * Start-up and memory of Perch and a bare Electron application, alternating. Each is measured at its second start:
 * Perch shows the data of its first run, and both have Chromium's caches.
 *
 * @param {number} rounds
 */
export async function measureStartUp(rounds) {
  /** @type {Record<string, { bare: number[], perch: number[] }>} */
  const figures = {};
  /** @param {string} what @param {import('./programs.mjs').ProgramName} name @param {number} value */
  const note = (what, name, value) => {
    (figures[what] ??= { bare: [], perch: [] })[name].push(value);
  };
  const panel = await startServers(1);
  const flags = { bare: [`--page=${writeBarePage()}`], perch: [] };
  try {
    const began = Date.now();
    for (let round = 0; round < rounds; round++) {
      console.log(said(round, rounds, (Date.now() - began) / 60_000));
      for (const name of /** @type {const} */ (['bare', 'perch'])) {
        const desktop = await startDesktop();
        try {
          if (name === 'perch') await connectOnce(desktop, panel);
          else await (await run(desktop, name, { hidden: false, restMs, flags: flags.bare })).end();
          await measureOnce(desktop, name, flags[name], (what, value) => note(what, name, value));
        } finally {
          await desktop.stop();
        }
      }
    }
  } finally {
    await panel.stop();
  }
  console.log(`Median of ${rounds} rounds, bare Electron and Perch in turn:\n`);
  const rows = Object.entries(figures).map(([what, { bare, perch }]) =>
    row(what, median(bare), median(perch)),
  );
  const folders = ['main', 'preload', 'renderer'].map((name) => join(root, 'out', name));
  const bytes = folders.reduce((sum, folder) => sum + sizeOf(folder), 0);
  line('size of out/{main,preload,renderer}, KiB', (bytes / 1024).toFixed(0));
  return { rounds, rows, bytes };
}

/**
 * Progress line. The measurement takes minutes, mostly waiting for stable memory, and without output users would abort
 * it.
 *
 * @param {number} round
 * @param {number} rounds
 * @param {number} minutes elapsed
 */
function said(round, rounds, minutes) {
  const left = round === 0 ? rounds * minutesOfRound : (minutes / round) * (rounds - round);
  return `Round ${round + 1} of ${rounds}, about ${Math.ceil(left)} min to go`;
}

/**
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {import('./programs.mjs').ProgramName} name
 * @param {readonly string[]} flags
 * @param {(what: string, value: number) => void} note
 */
async function measureOnce(desktop, name, flags, note) {
  const open = await run(desktop, name, { hidden: false, restMs, flags });
  note('start to tray, ms', open.tray);
  note('start to window, ms', open.window ?? Number.NaN);
  note('memory with the main window, MiB (PSS)', open.memory());
  await open.end();
  // Perch with live servers in the tray, without a window.
  const hidden = await run(desktop, name, { hidden: true, restMs, flags });
  note('start to tray, without a window, ms', hidden.tray);
  note('memory with the tray only, MiB (PSS)', hidden.memory());
  if (name === 'perch') {
    await desktop.activateTray();
    await pause(restMs);
    note('memory with the popover, MiB (PSS)', hidden.memory());
  }
  await hidden.end();
  const { before, after } = await measureClosedWindow(desktop, name, { restMs, flags });
  note('memory, window closed for 30 s, % of before', (after / before) * 100);
}

/** @param {string} what @param {number} bare @param {number} perch */
function row(what, bare, perch) {
  const ratio = perch / bare;
  if (Number.isNaN(bare)) line(what, perch.toFixed(0), 'no bare counterpart');
  else
    bounded(`${what}, of bare`, ratio, reach[what] ?? Number.POSITIVE_INFINITY, {
      digits: 2,
      remark: `${perch.toFixed(0)}, bare ${bare.toFixed(0)}`,
    });
  return { what, bare, perch, ratio };
}

/** @param {string} folder @returns {number} bytes */
function sizeOf(folder) {
  return readdirSync(folder).reduce((sum, name) => {
    const path = join(folder, name);
    const stat = lstatSync(path);
    return sum + (stat.isDirectory() ? sizeOf(path) : stat.size);
  }, 0);
}
