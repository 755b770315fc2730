import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { root } from './paths.mjs';
import { run, tail } from './run.mjs';

const lockFile = join(root, 'package-lock.json');
const nodeModules = join(root, 'node_modules');
/** Inside node_modules, so that the stamp is deleted with that folder. */
const stampFile = join(nodeModules, '.perch-installed');

/** Whether node_modules matches package-lock.json. */
export function packagesAreFresh() {
  if (!existsSync(stampFile)) return false;
  return readFileSync(stampFile, 'utf8') === lockHash();
}

/** Installs the npm packages if the lockfile has changed. */
export async function installPackages() {
  if (packagesAreFresh()) return;
  if (!installedMatchesLock()) {
    console.log('perch: installing the npm packages');
    // `npm ci` first deletes a folder that a running Perch may be using, so it is used only the first time.
    const verb = existsSync(nodeModules) ? 'install' : 'ci';
    const result = await run('npm', [verb, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
    if (result.code !== 0) {
      throw new SetupFailure(
        `npm ${verb} failed:\n${tail(result.output, 12)}\n`,
        'Check that the npm registry can be reached, then run the command again.',
      );
    }
  }
  writeFileSync(stampFile, lockHash());
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/** Whether node_modules, by npm's own record, has the versions of the lock file. `npm install` by hand may differ. */
function installedMatchesLock() {
  const record = join(nodeModules, '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = packagesOf(lockFile);
  const installed = packagesOf(record);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    if (!there) return Boolean(entry.optional || entry.peer || entry.devOptional);
    return there.version === entry.version;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean, devOptional?: boolean }>}
 */
function packagesOf(file) {
  const lock = /** @type {{ packages?: ReturnType<typeof packagesOf> }} */ (
    JSON.parse(readFileSync(file, 'utf8'))
  );
  return lock.packages ?? {};
}
