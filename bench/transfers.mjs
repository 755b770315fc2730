/*
 * A large download from a node on loopback: memory of main by the size of the file, and the speed beside that of curl.
 * Perch ends when the file is on the disk itself, so curl is followed by `sync`; curl alone ends with the file in memory.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce, launch, whenListed } from './driven.mjs';
import { bounded, line, median, pause } from './figures.mjs';
import { downloadBackup } from './in-page.mjs';
import { startServers } from './servers.mjs';

const mebibyte = 1_048_576;
const gigabyte = 1_000_000_000;
/** Size of the small file, whose download takes the memory that any download takes. */
const smallBytes = 100_000_000;
const lookMs = 100;
const rounds = 3;
const reach = { growthMib: 32, ratio: 0.8 };

/** @typedef {import('@playwright/test').ElectronApplication} Application */
/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./servers.mjs').Servers} Servers */
/** @typedef {{ seconds: number, rssMib: number, buffersMib: number }} Downloaded */

/** @param {number} gigabytes */
export async function measureTransfers(gigabytes) {
  const bytes = Math.round(gigabytes * gigabyte);
  const panel = await startServers(1);
  const desktop = await startDesktop();
  const folder = join(desktop.folder, 'downloads');
  mkdirSync(folder);
  try {
    const server = panel.servers.find(({ name }) => name === 'Survival');
    if (server === undefined) throw new Error('The sandbox has no server Survival.');
    const [small, large] = [
      await added(panel, server.uuid, smallBytes),
      await added(panel, server.uuid, bytes),
    ];
    await connectOnce(desktop, panel);
    const { app, page } = await launch(desktop, 'perch');
    await whenListed(page, panel.visible);
    await prepare(app, folder);
    const first = await download(app, page, {
      uuid: server.uuid,
      backup: small,
      file: join(folder, 'small'),
    });
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      const curl = await byCurl(panel, server.uuid, large, join(folder, 'curl'));
      const perch = await download(app, page, {
        uuid: server.uuid,
        backup: large,
        file: join(folder, 'perch'),
      });
      if (statSync(join(folder, 'perch')).size !== bytes) throw new Error('The download has another size.');
      for (const name of ['curl', 'perch']) rmSync(join(folder, name));
      runs.push({ curl, perch, ratio: curl.keptSeconds / perch.seconds });
    }
    await app.close();
    const growthMib = Math.max(...runs.map(({ perch }) => perch.rssMib)) - first.rssMib;
    const figures = { bytes, first, runs, growthMib, ratio: median(runs.map(({ ratio }) => ratio)) };
    print(figures);
    return figures;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/** @param {Servers} panel @param {string} server @param {number} bytes */
async function added(panel, server, bytes) {
  const order = { do: 'add-backup', server, name: `${bytes}`, ageMinutes: 60, bytes };
  return /** @type {string} */ (await panel.control(order));
}

/** Answers dialogs in place of a person. @param {Application} app @param {string} folder */
async function prepare(app, folder) {
  await app.evaluate(({ dialog }, path) => {
    Object.assign(globalThis, { target: path });
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: false, filePath: /** @type {any} */ (globalThis).target });
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  }, folder);
}

/**
 * @param {Application} app
 * @param {Page} page
 * @param {{ uuid: string, backup: string, file: string }} wanted
 * @returns {Promise<Downloaded>}
 */
async function download(app, page, { uuid, backup, file }) {
  await app.evaluate((_electron, path) => Object.assign(globalThis, { target: path }), file);
  const started = performance.now();
  await page.evaluate(downloadBackup, { uuid, backup });
  let [rssMib, buffersMib] = [0, 0];
  for (; statSync(file, { throwIfNoEntry: false }) === undefined; await pause(lookMs)) {
    const { rss, arrayBuffers } = await app.evaluate(() => process.memoryUsage());
    rssMib = Math.max(rssMib, rss / mebibyte);
    buffersMib = Math.max(buffersMib, arrayBuffers / mebibyte);
  }
  return { seconds: (performance.now() - started) / 1000, rssMib, buffersMib };
}

/** Seconds that curl takes with a link of its own, and until the disk has the file. @param {Servers} panel @param {string} server @param {string} backup @param {string} file */
async function byCurl({ panel, key }, server, backup, file) {
  const started = performance.now();
  const answer = await fetch(`${panel}/api/client/servers/${server}/backups/${backup}/download`, {
    headers: { accept: 'application/json', authorization: `Bearer ${key}` },
  });
  const { attributes } = await answer.json();
  const run = promisify(execFile);
  await run('curl', ['--silent', '--show-error', '--fail', '--output', file, attributes.url]);
  const seconds = (performance.now() - started) / 1000;
  await run('sync', [file]);
  return { seconds, keptSeconds: (performance.now() - started) / 1000 };
}

/** @param {Awaited<ReturnType<typeof measureTransfers>>} figures */
function print({ bytes, first, runs, growthMib, ratio }) {
  const perSecond = (/** @type {number} */ seconds) => `${Math.round(bytes / mebibyte / seconds)} MiB/s`;
  console.log(
    `\nA download of ${(bytes / gigabyte).toFixed(1)} GB from a node on loopback, ${rounds} times:\n`,
  );
  for (const { curl, perch } of runs) {
    const both = `curl and sync ${perSecond(curl.keptSeconds)}, curl alone ${perSecond(curl.seconds)}`;
    line('Perch', perSecond(perch.seconds), both);
  }
  line('speed as a ratio to curl and sync, median', ratio.toFixed(2), `reach ${reach.ratio}`);
  bounded('growth of main over a file of 100 MB, MiB', growthMib, reach.growthMib, { digits: 1 });
  line('main during the small file, MiB', first.rssMib.toFixed(0));
}
