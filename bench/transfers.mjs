/*
 * Large downloads from a node on loopback: memory of main by the size of the file, and the speed and the processor time
 * beside those of curl. Perch ends when the file is on the disk itself, so curl is followed by `sync`; curl alone ends
 * with the file in memory. Perch also computes the checksum.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce, launch, whenListed } from './driven.mjs';
import { bounded, line, median, pause } from './figures.mjs';
import { callAbout } from './in-page.mjs';
import { startServers } from './servers.mjs';

const mebibyte = 1_048_576;
const gigabyte = 1_000_000_000;
/** Size of the small file, whose download takes the memory that any download takes. */
const smallBytes = 100_000_000;
const lookMs = 100;
/**
 * Pause before each download. A virtual machine gives the memory of a removed file back to its host within seconds, and
 * pays for it again with the next file: 2.2 s of processor time for 1 GB instead of 0.5. Without the pause a download that
 * follows at once gets the memory for nothing, and a slower one does not.
 */
const restMs = 12_000;
const rounds = 3;
const reach = { growthMib: 32, ratio: 0.8 };

/** @typedef {import('@playwright/test').ElectronApplication} Application */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./servers.mjs').Servers} Servers */
/** @typedef {{ seconds: number, processor: number, rssMib: number, buffersMib: number }} Downloaded */
/** @typedef {{ panel: Servers, uuid: string, app: Application, page: Page, folder: string }} Stage */

/** @param {readonly number[]} gigabytes */
export async function measureTransfers(gigabytes) {
  const panel = await startServers(1);
  const desktop = await startDesktop();
  const folder = join(desktop.folder, 'downloads');
  mkdirSync(folder);
  try {
    const uuid = panel.servers.find(({ name }) => name === 'Survival')?.uuid;
    if (uuid === undefined) throw new Error('The sandbox has no server Survival.');
    await connectOnce(desktop, panel);
    const { app, page } = await launch(desktop, 'perch');
    await whenListed(page, panel.visible);
    await prepare(app, folder);
    const stage = { panel, uuid, app, page, folder };
    const first = await download(stage, await added(panel, uuid, smallBytes));
    line('main during a file of 100 MB, MiB', first.rssMib.toFixed(0));
    const sizes = [];
    for (const size of gigabytes) {
      const measured = await measureSize(stage, Math.round(size * gigabyte));
      const growthMib = Math.max(...measured.runs.map(({ perch }) => perch.rssMib)) - first.rssMib;
      sizes.push({ ...measured, growthMib });
      print({ ...measured, growthMib });
    }
    await app.close();
    return { first, sizes };
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/** Downloads a file of this size with curl and with Perch in turn. @param {Stage} stage @param {number} bytes */
async function measureSize(stage, bytes) {
  const backup = await added(stage.panel, stage.uuid, bytes);
  const runs = [];
  for (let round = 0; round < rounds; round++) {
    const curl = await byCurl(stage, backup);
    runs.push({ curl, perch: await download(stage, backup, bytes) });
  }
  return { bytes, runs };
}

/** @param {Servers} panel @param {string} server @param {number} bytes */
async function added(panel, server, bytes) {
  const order = { do: 'add-backup', server, name: `${bytes}`, ageMinutes: 60, bytes };
  return /** @type {string} */ (await panel.control(order));
}

/** Answers dialogs instead of a person. @param {Application} app @param {string} folder */
async function prepare(app, folder) {
  await app.evaluate(({ dialog }, path) => {
    Object.assign(globalThis, { target: path });
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: false, filePath: /** @type {any} */ (globalThis).target });
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  }, folder);
}

/** @param {Stage} stage @param {string} backup @param {number} [bytes] @returns {Promise<Downloaded>} */
async function download({ app, page, uuid, folder }, backup, bytes = smallBytes) {
  const file = join(folder, 'perch');
  await pause(restMs);
  await app.evaluate((_electron, path) => Object.assign(globalThis, { target: path }), file);
  const before = await processorOf(app);
  const started = performance.now();
  await page.evaluate(callAbout, { uuid, call: 'backups.download', input: { backup } });
  let [rssMib, buffersMib] = [0, 0];
  for (; statSync(file, { throwIfNoEntry: false }) === undefined; await pause(lookMs)) {
    const { rss, arrayBuffers } = await app.evaluate(() => process.memoryUsage());
    rssMib = Math.max(rssMib, rss / mebibyte);
    buffersMib = Math.max(buffersMib, arrayBuffers / mebibyte);
  }
  const seconds = (performance.now() - started) / 1000;
  const processor = (await processorOf(app)) - before;
  if (statSync(file).size !== bytes) throw new Error('The download has another size.');
  rmSync(file);
  return { seconds, processor, rssMib, buffersMib };
}

/** Seconds of processor time of main since its start. @param {Application} app */
async function processorOf(app) {
  const { user, system } = await app.evaluate(() => process.cpuUsage());
  return (user + system) / 1_000_000;
}

/** Seconds that curl takes with a link of its own, and until the disk has the file. @param {Stage} stage @param {string} backup */
async function byCurl({ panel: { panel, key }, uuid, folder }, backup) {
  const file = join(folder, 'curl');
  await pause(restMs);
  const started = performance.now();
  const answer = await fetch(`${panel}/api/client/servers/${uuid}/backups/${backup}/download`, {
    headers: { accept: 'application/json', authorization: `Bearer ${key}` },
  });
  const { attributes } = await answer.json();
  const run = promisify(execFile);
  // The shell's `time` writes user and system time to stderr.
  const timed = 'TIMEFORMAT="%U %S"; time curl --silent --fail --output "$0" "$1"';
  const { stderr } = await run('bash', ['-c', timed, file, attributes.url]);
  const seconds = (performance.now() - started) / 1000;
  await run('sync', [file]);
  const keptSeconds = (performance.now() - started) / 1000;
  rmSync(file);
  const [user = 0, system = 0] = stderr.trim().split(' ').map(Number);
  return { seconds, keptSeconds, processor: user + system };
}

/** @param {Awaited<ReturnType<typeof measureSize>> & { growthMib: number }} figures */
function print({ bytes, runs, growthMib }) {
  const perSecond = (/** @type {number} */ seconds) => `${Math.round(bytes / mebibyte / seconds)} MiB/s`;
  const perGigabyte = (/** @type {number} */ seconds) => ((seconds / bytes) * gigabyte).toFixed(2);
  const least = (/** @type {readonly number[]} */ seconds) => perGigabyte(Math.min(...seconds));
  console.log(
    `\nA download of ${(bytes / gigabyte).toFixed(1)} GB from a node on loopback, ${rounds} times:\n`,
  );
  for (const { curl, perch } of runs) {
    const both = `curl and sync ${perSecond(curl.keptSeconds)}, curl alone ${perSecond(curl.seconds)}`;
    line('Perch', perSecond(perch.seconds), both);
  }
  const ratio = median(runs.map(({ curl, perch }) => curl.keptSeconds / perch.seconds));
  line('speed as a ratio to curl and sync, median', ratio.toFixed(2), `reach ${reach.ratio}`);
  const ofCurl = least(runs.map(({ curl }) => curl.processor));
  const ofMain = least(runs.map(({ perch }) => perch.processor));
  line('processor time of main, s for 1 GB, least', ofMain, `curl ${ofCurl}`);
  bounded('growth of main over a file of 100 MB, MiB', growthMib, reach.growthMib, { digits: 1 });
}
