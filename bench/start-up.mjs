import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { line, median, pause } from './figures.mjs';
import { root, run } from './programs.mjs';

/** Long enough for a fresh application to come to rest. */
const restMs = 5000;

/**
 * Start-up and memory of Perch beside a bare Electron application, turn by turn.
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
  for (let round = 0; round < rounds; round++) {
    for (const name of /** @type {const} */ (['bare', 'perch'])) {
      const desktop = await startDesktop();
      try {
        await measureOnce(desktop, name, (what, value) => note(what, name, value));
      } finally {
        await desktop.stop();
      }
    }
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
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {import('./programs.mjs').ProgramName} name
 * @param {(what: string, value: number) => void} note
 */
async function measureOnce(desktop, name, note) {
  const open = await run(desktop, name, { hidden: false, restMs });
  note('start to tray, ms', open.tray);
  note('start to window, ms', open.window ?? Number.NaN);
  note('memory with the main window, MiB (PSS)', open.memory());
  await open.end();
  // Perch with the demo's servers live in the tray, and no window; its first start connected it.
  const env = /** @type {Record<string, string>} */ (name === 'perch' ? { PERCH_DEMO: '1' } : {});
  const hidden = await run(desktop, name, { hidden: true, restMs, env });
  note('memory with the tray only, MiB (PSS)', hidden.memory());
  if (name === 'perch') {
    await desktop.activateTray();
    await pause(restMs);
    note('memory with the popover, MiB (PSS)', hidden.memory());
  }
  await hidden.end();
}

/** @param {string} what @param {number} bare @param {number} perch */
function row(what, bare, perch) {
  const ratio = perch / bare;
  const compared = Number.isNaN(bare)
    ? 'no bare counterpart'
    : `bare ${bare.toFixed(0)}, ratio ${ratio.toFixed(2)}`;
  line(what, perch.toFixed(0), compared);
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
