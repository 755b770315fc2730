/*
 * The deb on a bare Debian, used as by an ordinary user (build/debian/life.mjs). A part of `npm run lanes`, and `npm run
 * lane:debian -- bookworm` for another release of Debian.
 * It mounts and therefore needs root. Where it can't run, or Debian is neither reachable nor cached, the step says why
 * and counts nothing; the command fails.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lifeOn } from './debian/life.mjs';
import { leftOut, orLeftOut, unreachable } from './debian/reach.mjs';
import { packagingOf, substituteFlag } from './package/electron.mjs';
import { makePackage } from './package/make.mjs';
import { isCommand, runCommand, SetupFailure } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { declaredVersion, requireRuntime } from './setup/runtime.mjs';
import { ensurePrograms } from './setup/system-libraries.mjs';

/** @returns {string} folder of the package that the package step made */
function unpackedFolder() {
  const { output } = packagingOf(requireRuntime(), { declared: declaredVersion(), flagged: true });
  return join(root, output, process.arch === 'arm64' ? 'linux-arm64-unpacked' : 'linux-unpacked');
}

/** @returns {string | null} Debian release of this computer; null = another system */
function ownSuite() {
  const about = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  if (!/^ID=debian$/m.test(about)) return null;
  return /^VERSION_CODENAME=(\w+)$/m.exec(about)?.[1] ?? null;
}

/** @returns {Promise<string | null>} the reason why the step can't run here; null if it can */
async function obstacle() {
  if (process.getuid?.() !== 0) return 'it mounts, which needs root';
  const missing = await ensurePrograms({
    mmdebstrap: 'mmdebstrap',
    appstreamcli: 'appstream',
    'desktop-file-validate': 'desktop-file-utils',
  });
  if (missing.length > 0) return `there is no ${missing.join(', no ')}`;
  const mounts = spawnSync('unshare', ['--mount', '--propagation', 'private', 'true']).status === 0;
  return mounts ? null : 'this computer lets nobody mount (unshare --mount fails)';
}

/** @type {import('./steps.mjs').Step} */
export const installed = {
  name: 'installed',
  work: async () => {
    const suite = ownSuite();
    const why = suite === null ? 'this is no Debian' : await obstacle();
    if (suite === null || why !== null) return leftOut(why ?? '');
    return await orLeftOut(
      () => installedOn(suite),
      () => unreachable(suite),
    );
  },
};

/**
 * @param {string} suite of Debian
 * @returns {Promise<import('./steps.mjs').Outcome>}
 */
async function installedOn(suite) {
  /** @type {string[]} */
  const laps = [];
  const began = Date.now();
  const amiss = await lifeOn(suite, unpackedFolder(), (what) =>
    laps.push(`${what} at ${Math.round((Date.now() - began) / 1000)} s`),
  );
  const note = `on ${suite}: ${laps.join(', ')}`;
  return { passed: amiss.length === 0 ? 1 : 0, failed: amiss.length, output: amiss.join('\n'), note };
}

async function lane() {
  const [suite = ownSuite()] = process.argv.slice(2);
  if (suite === null) throw new SetupFailure('This is no Debian.', 'Name a release of it, as `-- trixie`.');
  const why = await obstacle();
  if (why !== null) throw new SetupFailure(`That can't be done here: ${why}.`, 'Use a computer that can.');
  const made = await makePackage(['--dir', substituteFlag], { show: false });
  if (made.code !== 0) throw new Error(made.output);
  const began = Date.now();
  const amiss = await lifeOn(suite, unpackedFolder(), (what) =>
    console.log(`perch: ${((Date.now() - began) / 1000).toFixed(1)} s: ${what}`),
  );
  for (const sentence of amiss) console.error(`perch: ${sentence}`);
  return amiss.length === 0 ? 0 : 1;
}

if (isCommand(import.meta.url)) await runCommand(lane);
