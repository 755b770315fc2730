import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process holds the lock. Two terminals that start Perch at once must not install into the
 * same node_modules. A lock of a dead process is taken over.
 *
 * @template T
 * @param {string} folder the lock itself; made and removed here
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  mkdirSync(dirname(folder), { recursive: true });
  let told = false;
  while (!take(folder)) {
    if (!told) console.log('perch: waiting for another set-up of this checkout to finish');
    told = true;
    await sleep(250);
  }
  const release = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} folder */
function take(folder) {
  const ownerFile = join(folder, 'pid');
  try {
    mkdirSync(folder);
    writeFileSync(ownerFile, String(process.pid));
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  const owner = readOwner(ownerFile);
  // null: the owner has made the folder, and still has to write the file.
  if (owner !== null && !isAlive(owner)) rmSync(folder, { recursive: true, force: true });
  return false;
}

/** @param {string} file */
function readOwner(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || null;
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
