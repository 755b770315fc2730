/*
 * Prepares a checkout for one command of package.json. Plain Node, because it runs before node_modules exists. Fast if
 * no part is missing.
 *
 *   node build/setup.mjs start | dev | demo | test | sandbox | dist | all
 */
import { join } from 'node:path';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { withLock } from './setup/lock.mjs';
import { installPackages, packagesAreFresh } from './setup/packages.mjs';
import { localCache } from './setup/paths.mjs';
import { ensureRuntime, knownRuntime } from './setup/runtime.mjs';
import { ensureSystemLibraries } from './setup/system-libraries.mjs';

const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Needs of each command besides the npm packages. */
const purposes = {
  start: { electron: true, desktop: false },
  dev: { electron: true, desktop: process.platform === 'linux' && !hasDisplay },
  demo: { electron: true, desktop: process.platform === 'linux' && !hasDisplay },
  // On other systems the tests use the existing desktop.
  test: { electron: true, desktop: process.platform === 'linux' },
  sandbox: { electron: false, desktop: false },
  dist: { electron: true, desktop: false },
  all: { electron: true, desktop: process.platform === 'linux' },
};

/** @param {string} purpose */
async function setUp(purpose) {
  checkNode();
  if (!isPurpose(purpose)) {
    throw new SetupFailure(
      `Set-up does not know "${purpose}".`,
      `Use one of: ${Object.keys(purposes).join(', ')}.`,
    );
  }
  const needs = purposes[purpose];
  await exclusively(packagesAreFresh, installPackages);
  if (needs.electron) {
    await exclusively(() => knownRuntime() !== null, ensureRuntime);
    const { executable } = await ensureRuntime();
    await ensureSystemLibraries({ executable, desktop: needs.desktop });
  }
  if (purpose === 'all')
    console.log('perch: all is ready; "npm run dev -- --demo" starts Perch with the sandbox');
  if (purpose === 'sandbox') {
    // This is the only command that runs a built file directly, so set-up builds it.
    const { buildStale } = await import('./build.mjs');
    await buildStale({ quiet: true, only: ['sandbox'] });
  }
}

/**
 * @param {string} purpose
 * @returns {purpose is keyof typeof purposes}
 */
function isPurpose(purpose) {
  return Object.hasOwn(purposes, purpose);
}

/**
 * @param {() => boolean} isDone
 * @param {() => Promise<unknown>} work checks by itself whether another process has done it meanwhile
 */
async function exclusively(isDone, work) {
  if (isDone()) return;
  await withLock(join(localCache, 'setup.lock'), work);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupFailure(
    `Perch needs Node 20.19 or newer, and this is ${process.versions.node}.`,
    'Install a newer one from https://nodejs.org, then run the command again.',
  );
}

await runCommand(() => setUp(process.argv[2] ?? 'all'));
