/*
 * Draws all icons: `node build/icons/make.mjs`. The results are committed, so it runs only after a change of
 * `drawings.mjs`. Linux only, because it starts its own display.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDesktop } from '../../tests/support/desktop/desktop.mjs';
import { electronFlags } from '../electron-flags.mjs';
import { runCommand } from '../setup/failure.mjs';
import { requireRuntime } from '../setup/runtime.mjs';
import { icns, ico } from './containers.mjs';
import { appSvg, traySvg, trayStates } from './drawings.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
const icnsSizes = [16, 32, 64, 128, 256, 512, 1024];
/** Windows's 16 pixels at 100 % to 300 %. */
const trayIcoSizes = [16, 20, 24, 32, 48];

/**
 * @typedef {{ svg: string, size: number, done: (png: Buffer) => void }} Job
 */

/**
 * @param {string} name
 * @param {Buffer} data
 */
const save = (name, data) => writeFileSync(join(here, name), data);

/** @returns {Job[]} */
function jobs() {
  return [...trayStates.flatMap(trayJobs), ...appJobs()];
}

/** @param {string} state */
function trayJobs(state) {
  /** @type {Job[]} */
  const all = [];
  /** @param {import('./drawings.mjs').TrayVariant} variant @param {number} size @param {string} name */
  const file = (variant, size, name) =>
    all.push({ svg: traySvg(state, variant, size), size, done: (png) => save(name, png) });
  // macOS: 16 points, coloured by the system.
  file('template', 16, `tray-${state}Template.png`);
  file('template', 32, `tray-${state}Template@2x.png`);
  for (const variant of /** @type {const} */ (['light', 'dark'])) {
    // Linux: a panel gets one picture and scales it. Most panels are 22 or 24 pixels high.
    file(variant, 22, `tray-${state}-${variant}.png`);
    file(variant, 44, `tray-${state}-${variant}@2x.png`);
    all.push(
      ...icoJobs((size) => traySvg(state, variant, size), trayIcoSizes, `tray-${state}-${variant}.ico`),
    );
  }
  return all;
}

/** @returns {Job[]} */
function appJobs() {
  const pngs = appSizes.map((size) => ({
    svg: appSvg,
    size,
    done: (/** @type {Buffer} */ png) => save(size === 512 ? 'app.png' : `app/${size}x${size}.png`, png),
  }));
  return [
    ...pngs.filter(({ size }) => size !== 1024),
    { svg: appSvg, size: 512, done: (png) => save('app/512x512.png', png) },
    ...icoJobs(() => appSvg, icoSizes, 'app.ico'),
    ...containerJobs(
      () => appSvg,
      icnsSizes,
      (pictures) => save('app.icns', icns(pictures)),
    ),
  ];
}

/**
 * @param {(size: number) => string} svgOf
 * @param {readonly number[]} sizes
 * @param {string} name
 */
const icoJobs = (svgOf, sizes, name) => containerJobs(svgOf, sizes, (pictures) => save(name, ico(pictures)));

/**
 * @param {(size: number) => string} svgOf
 * @param {readonly number[]} sizes
 * @param {(pictures: { size: number, png: Buffer }[]) => void} pack called when all sizes are drawn
 * @returns {Job[]}
 */
function containerJobs(svgOf, sizes, pack) {
  /** @type {{ size: number, png: Buffer }[]} */
  const pictures = [];
  return sizes.map((size) => ({
    svg: svgOf(size),
    size,
    done: (png) => {
      pictures.push({ size, png });
      if (pictures.length === sizes.length) pack(pictures);
    },
  }));
}

async function make() {
  const runtime = requireRuntime();
  const desktop = await startDesktop({ tray: false, keyring: false });
  const folder = mkdtempSync(join(tmpdir(), 'perch-icons-'));
  try {
    const todo = jobs();
    const [jobsFile, resultFile] = [join(folder, 'jobs.json'), join(folder, 'result.json')];
    writeFileSync(jobsFile, JSON.stringify(todo.map(({ svg, size }) => ({ svg, size }))));
    Object.assign(desktop.env, { RASTER_JOBS: jobsFile, RASTER_RESULT: resultFile });
    await desktop.run(runtime.executable, [...electronFlags(), join(here, 'rasteriser')]);
    const results = /** @type {string[]} */ (JSON.parse(readFileSync(resultFile, 'utf8')));
    todo.forEach(({ done }, index) => done(Buffer.from(results[index] ?? '', 'base64')));
    console.log(`perch: drew ${todo.length} pictures into build/icons`);
  } finally {
    await desktop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await runCommand(make);
