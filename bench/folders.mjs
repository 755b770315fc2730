/*
 * Files and folders up to a node on loopback and down from it: memory of main, and the speed beside programs that do the
 * same in the same run: curl and tar with the panel's API, or OpenSSH's sftp. The node's own work (packing, unpacking,
 * reading a whole upload into its memory) is on both sides.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDesktop } from '../tests/support/desktop/desktop.mjs';
import { connectOnce, launch, whenListed } from './driven.mjs';
import { bounded, line, median, pause } from './figures.mjs';
import { callAbout, forgetTransfers, transfersDone } from './in-page.mjs';
import { forgetPeak, processorOf, residentOf } from './processes.mjs';
import { startServers } from './servers.mjs';
import { ByLinks, BySftp } from './transfer-programs.mjs';

const mebibyte = 1_048_576;
/** Pause before each transfer. */
const restMs = 2000;
/** Time limit of one transfer. */
const limitMs = 400_000;
/** Main may grow by the parts under way and by the list of the files, but not with their bytes. */
const reach = { growthMib: 96, ratio: 0.8 };
/** Room of the server in MB; 0 = no limit. */
const anyRoom = 0;
const run = promisify(execFile);

/**
 * `large` = bytes of one more file, above the limit of the node's links; with it a folder goes over SFTP. `packed` = the
 * script packs the files as well; else it sends each of them.
 *
 * @typedef {{ name: string, files: number, bytes: number, large?: number, rounds: number, up: 'links' | 'sftp', down: 'links' | 'sftp' }} Kind
 */

/** @type {Readonly<Record<string, Kind>>} */
const kinds = {
  small: { name: 'small', files: 5000, bytes: 4096, rounds: 2, up: 'links', down: 'links' },
  sftp: { name: 'sftp', files: 5000, bytes: 4096, large: 110_000_000, rounds: 1, up: 'sftp', down: 'sftp' },
  file: { name: 'file.bin', files: 0, bytes: 2_000_000_000, rounds: 1, up: 'sftp', down: 'links' },
  large: { name: 'large', files: 30, bytes: 71_000_000, rounds: 1, up: 'links', down: 'links' },
};
export const folderKinds = Object.keys(kinds);

/** @typedef {{ panel: import('./servers.mjs').Servers, uuid: string, app: import('@playwright/test').ElectronApplication, page: import('@playwright/test').Page, folder: string, there: string, programs: { links: ByLinks, sftp: BySftp } }} Stage */

/** @param {readonly string[]} wanted names of kinds */
export async function measureFolders(wanted) {
  const panel = await startServers(1, { limit: 100_000 });
  const desktop = await startDesktop();
  const folder = join(desktop.folder, 'folders');
  mkdirSync(folder);
  try {
    const uuid = panel.servers.find(({ name }) => name === 'Survival')?.uuid;
    if (uuid === undefined) throw new Error('The sandbox has no server Survival.');
    await panel.control({ do: 'disk-limit', server: 'Survival', mb: anyRoom });
    await panel.control({ do: 'backups', server: 'Survival', rate: null });
    await connectOnce(desktop, panel);
    const { app, page } = await launch(desktop, 'perch');
    await whenListed(page, panel.visible);
    await answering({ app }, folder);
    await page.evaluate(callAbout, { uuid, call: 'sftp.setUp', input: {} });
    const programs = {
      links: new ByLinks({ panel, uuid, folder }),
      sftp: await BySftp.withKey({ panel, uuid, folder }),
    };
    const stage = { panel, uuid, app, page, folder, there: folderThere(panel, uuid), programs };
    const figures = [];
    for (const name of wanted) figures.push(await measureKind(stage, kindOf(name)));
    await app.close();
    return figures;
  } finally {
    await desktop.stop();
    await panel.stop();
  }
}

/** @param {string} name @returns {Kind} */
function kindOf(name) {
  const kind = kinds[name];
  if (kind === undefined) throw new Error(`--folders knows ${folderKinds.join(', ')}, not "${name}".`);
  return kind;
}

/** The server's folder, as the sandbox has it. @param {import('./servers.mjs').Servers} panel @param {string} uuid */
function folderThere({ folder }, uuid) {
  const nodes = join(folder, 'nodes');
  const node = readdirSync(nodes).find((each) => existsSync(join(nodes, each, uuid)));
  if (node === undefined) throw new Error('No node of the sandbox has a folder of the server.');
  return join(nodes, node, uuid);
}

/** @param {Stage} stage @param {Kind} kind */
async function measureKind(stage, kind) {
  const { folder, there, programs, panel } = stage;
  const { name } = kind;
  const source = join(folder, name);
  const bytes = lay(source, kind);
  const [byScript, to] = [join(folder, 'by-script'), join(folder, 'perch')];
  const rounds = [];
  for (let round = 0; round < kind.rounds; round++) {
    const scriptUp = await timed(() => programs[kind.up].send(source, '/by-script'));
    await same(source, join(there, 'by-script'));
    rmSync(join(there, 'by-script'), { recursive: true });
    await answering(stage, source);
    const what = kind.files === 0 ? 'files' : 'folder';
    const up = await watched(stage, 'files.upload', { folder: '/', sources: null, what });
    await same(source, join(there, name));
    mkdirSync(byScript);
    mkdirSync(to);
    const scriptDown = await timed(() => programs[kind.down].fetch(name, byScript));
    await same(source, join(byScript, name));
    rmSync(byScript, { recursive: true });
    await answering(stage, kind.files === 0 ? join(to, name) : to);
    // A node packs nothing on a full server, so Perch uses SFTP.
    if (kind.down === 'sftp') await panel.control({ do: 'disk-limit', server: 'Survival', mb: 1 });
    const down = await watched(stage, 'files.download', { paths: [`/${name}`] });
    await panel.control({ do: 'disk-limit', server: 'Survival', mb: anyRoom });
    await same(source, join(to, name));
    rmSync(to, { recursive: true });
    rmSync(join(there, name), { recursive: true });
    rounds.push({ up: { script: scriptUp, perch: up }, down: { script: scriptDown, perch: down } });
  }
  rmSync(source, { recursive: true });
  const count = kind.files + (kind.large === undefined ? 0 : 1);
  const said = count === 0 ? 'A file' : `A folder of ${count} files`;
  console.log(`\n${said}, ${Math.round(bytes / mebibyte)} MiB, up and down on loopback:\n`);
  print('up', { bytes, by: kind.up, runs: rounds.map(({ up }) => up) });
  print('down', { bytes, by: kind.down, runs: rounds.map(({ down }) => down) });
  return { ...kind, allBytes: bytes, rounds };
}

/** Returns the bytes of all files. @param {string} place @param {Kind} kind */
function lay(place, { files, bytes, large = 0 }) {
  // Bytes that gzip can't make smaller, as in jars and regions.
  const content = randomBytes(64 * mebibyte);
  if (files === 0) fill(place, bytes, content);
  for (let at = 0; at < files; at++) {
    const below = join(place, `part-${at % 20}`);
    mkdirSync(below, { recursive: true });
    fill(join(below, `${at}.bin`), bytes, content.subarray((at * bytes) % (content.length / 2)));
  }
  if (large > 0) fill(join(place, 'large.bin'), large, content);
  return Math.max(1, files) * bytes + large;
}

/** @param {string} file @param {number} bytes @param {Buffer} content repeated */
function fill(file, bytes, content) {
  const open = openSync(file, 'w');
  for (let left = bytes; left > 0; left -= content.length)
    writeSync(open, content, 0, Math.min(left, content.length));
  closeSync(open);
}

/** Rejects if a file is missing or its content differs. @param {string} one @param {string} other */
async function same(one, other) {
  await run('diff', ['-r', one, other]).catch((error) => {
    throw new Error(`What came is something else: ${String(error.stdout).slice(0, 500)}`);
  });
}

/** Answers dialogs instead of a person. @param {Pick<Stage, 'app'>} stage @param {string} path */
async function answering({ app }, path) {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
    // Perch asks before a call that no click or key of a person caused.
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  }, path);
}

/** Time and memory of a call whose transfers end. @param {Stage} stage @param {string} call @param {object} input */
async function watched({ app, page, uuid }, call, input) {
  const { pid } = app.process();
  await page.evaluate(forgetTransfers);
  await rest();
  if (pid === undefined) throw new Error('Perch has no process.');
  forgetPeak(pid);
  const before = residentOf(pid);
  const processorBefore = processorOf(pid).own;
  const started = performance.now();
  await page.evaluate(callAbout, { uuid, call, input });
  await page.evaluate(transfersDone, limitMs);
  const seconds = (performance.now() - started) / 1000;
  const { peakMib } = residentOf(pid);
  const processor = processorOf(pid).own - processorBefore;
  return { seconds, processor, growthMib: peakMib - before.mib, rssMib: peakMib };
}

/** Time of programs. @param {() => Promise<unknown>} work */
async function timed(work) {
  await rest();
  const before = processorOf('self').below;
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  return { seconds, processor: processorOf('self').below - before };
}

/** Waits until earlier writes are on the disk. */
async function rest() {
  await run('sync', []);
  await pause(restMs);
}

/** @typedef {{ seconds: number, processor: number }} Taken of the programs */
/** @typedef {Taken & { growthMib: number, rssMib: number }} Moved by Perch */

/** @param {string} way @param {{ bytes: number, by: 'links' | 'sftp', runs: { script: Taken, perch: Moved }[] }} figures */
function print(way, { bytes, by, runs }) {
  const program = by === 'links' ? 'curl and tar' : 'sftp';
  const told = (/** @type {Taken} */ { seconds }) =>
    `${seconds.toFixed(1)} s, ${(bytes / mebibyte / seconds).toFixed(1)} MiB/s`;
  for (const { script, perch } of runs) line(`${way}: Perch`, told(perch), `${program} ${told(script)}`);
  const ratio = median(runs.map(({ script, perch }) => script.seconds / perch.seconds));
  line(`${way}: speed as a ratio to ${program}, median`, ratio.toFixed(2), `reach ${reach.ratio}`);
  const least = (/** @type {readonly Taken[]} */ all) =>
    Math.min(...all.map(({ processor }) => processor)).toFixed(1);
  const beside = `${program} ${least(runs.map(({ script }) => script))}`;
  line(`${way}: processor time of main, s, least`, least(runs.map(({ perch }) => perch)), beside);
  const growth = Math.max(...runs.map(({ perch }) => perch.growthMib));
  const rssMib = Math.max(...runs.map(({ perch }) => perch.rssMib));
  bounded(`${way}: growth of main, MiB`, growth, reach.growthMib, {
    digits: 1,
    remark: `${rssMib.toFixed(0)} in all`,
  });
}
