/*
 * npm run dist: all packages for this system, by electron-builder (build/package/targets.mjs).
 * `-- --dir` makes only the unpacked folder, `-- --only deb,rpm` and `-- --arch x64` (or `own`) make some packages, `--
 * --substitute-electron` allows a substitute where there is no other Electron. Packages that can't be made here are
 * listed with their reason; only with `-- --complete` does the command fail then. Other arguments go to
 * electron-builder. Nothing is published.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { failureOf } from './package/failed.mjs';
import { makePackage } from './package/make.mjs';
import { readOptions } from './package/options.mjs';
import { downloadsWork } from './package/reach.mjs';
import { obstacle, targetsOf, toolPaths } from './package/targets.mjs';
import { runCommand } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { programPath } from './setup/run.mjs';
import { requireRuntime } from './setup/runtime.mjs';
import { ensurePrograms } from './setup/system-libraries.mjs';

const flagOfSystem = new Map([
  ['win32', '--win'],
  ['darwin', '--mac'],
]);
const packer = join(root, 'build', 'package', 'linux', 'pack.mjs');

async function dist() {
  const options = readOptions(process.argv.slice(2));
  if (options.unpacked) return await packed(['--dir', ...options.rest], {});
  if (process.platform === 'linux') await ensurePrograms({ rpmbuild: 'rpm', '7z': '7zip' });
  const means = {
    program: programPath,
    env: process.env,
    downloads: await downloadsWork(process.env),
    runtime: requireRuntime(),
    arch: process.arch,
  };
  const wanted = targetsOf(process.platform, { ...options, own: process.arch }).map((target) => ({
    ...target,
    why: obstacle(target, means),
  }));
  const ready = wanted.filter(({ why }) => why === null);
  const lacking = wanted.filter(({ why }) => why !== null);
  for (const arch of new Set(ready.map((target) => target.arch))) {
    const kinds = ready.filter((target) => target.arch === arch).map(({ kind }) => kind);
    const system = flagOfSystem.get(process.platform) ?? '--linux';
    const env = process.platform === 'linux' ? toolPaths(means, packer) : {};
    await packed([system, ...kinds, `--${arch}`, ...options.rest], { foreign: arch !== process.arch, env });
  }
  for (const { kind, arch, why } of lacking) console.log(`perch: no ${kind} for ${arch}: ${why}`);
  return lacking.length > 0 && options.complete ? 1 : 0;
}

/**
 * @param {readonly string[]} args
 * @param {{ foreign?: boolean, env?: NodeJS.ProcessEnv }} how
 */
async function packed(args, how) {
  const began = Date.now();
  const { code, output, folder } = await makePackage(args, { show: true, ...how });
  if (code !== 0) throw failureOf(output);
  for (const { name, isFile, size } of newsIn(folder, began)) {
    if (isFile) console.log(`perch: made ${name} (${(size / 1e6).toFixed(1)} MB)`);
  }
}

/**
 * @param {string} folder
 * @param {number} since milliseconds since the epoch
 */
function newsIn(folder, since) {
  return readdirSync(folder)
    .map((name) => ({ name, stat: statSync(join(folder, name)) }))
    .filter(({ stat }) => stat.mtimeMs >= since)
    .map(({ name, stat }) => ({ name, isFile: stat.isFile(), size: stat.size }));
}

await runCommand(dist);
