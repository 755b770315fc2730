/* Builds changed parts into out/. `node build/build.mjs --all` builds all parts. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { isCommand, runCommand, SetupFailure } from './setup/failure.mjs';
import { withLock } from './setup/lock.mjs';
import { licencesFile, licencesFolder } from './notices/found.mjs';
import { writeNotices } from './notices/notices.mjs';
import { localCache, out, root } from './setup/paths.mjs';
import { fingerprint } from './sources.mjs';
import { compileMessages } from './messages.mjs';

const stamps = join(out, '.stamps');
/** Inputs of every bundle besides its own sources. */
const tools = [
  'build/bundles.mjs',
  'build/build.mjs',
  'build/narrow.mjs',
  'build/align-rows.mjs',
  'build/native-modules.mjs',
  'build/notices/found.mjs',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Source folders of each part. `bundles.mjs` has the settings of the bundles and is loaded only for a build. */
const parts = {
  main: ['main', 'cli', 'bridge', 'messages'],
  preload: ['preload', 'bridge'],
  renderer: ['renderer', 'bridge', 'messages'],
  sandbox: ['sandbox'],
  icons: ['build/icons'],
  // Last, because the notices depend on the contents of the bundles.
  notices: [relative(root, licencesFolder), 'build/notices', 'build/native-modules.mjs'],
};

/**
 * @typedef {keyof typeof parts} Part
 */

/**
 * Builds the parts whose sources have changed since their last build.
 *
 * @param {{ quiet?: boolean, all?: boolean, only?: readonly Part[] }} [options]
 */
export async function buildStale({ quiet = false, all = false, only = partNames() } = {}) {
  compileMessages();
  /** @param {Part} part */
  const isStale = (part) => all || stampOf(part) !== fingerprintOf(part);
  if (!only.some(isStale)) return;
  await withLock(join(localCache, 'build.lock'), async () => {
    const built = [];
    for (const part of only) {
      if (!isStale(part)) continue;
      await buildPart(part);
      built.push(part);
    }
    // On stderr, because `npm run sandbox` prints JSON on stdout.
    if (built.length > 0 && !quiet) console.error(`perch: built ${built.join(', ')}`);
  });
}

/** @param {Part} part */
async function buildPart(part) {
  const before = fingerprintOf(part);
  if (part === 'icons') copyIcons();
  else if (part === 'notices') writeNotices();
  else await bundle(part);
  mkdirSync(stamps, { recursive: true });
  // A change during the build causes another build next time.
  writeFileSync(join(stamps, part), before);
}

/** @param {Part} part */
async function bundle(part) {
  const [{ build }, { releasedBundleOf }] = await Promise.all([import('vite'), import('./bundles.mjs')]);
  rmSync(licencesFile(part), { force: true });
  try {
    await build(releasedBundleOf(part));
  } catch (error) {
    throw new SetupFailure(
      `Building ${part} failed: ${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}\n`,
      'Correct it, then run the command again.',
    );
  }
}

function copyIcons() {
  const target = join(out, 'icons');
  rmSync(target, { recursive: true, force: true });
  cpSync(join(root, 'build', 'icons'), target, {
    recursive: true,
    // Leaves out the scripts that draw and check the icons.
    filter: (file) => !/\.(?:mjs|ts|svg)$/.test(file) && basename(file) !== 'rasteriser',
  });
}

/** @param {Part} part */
function stampOf(part) {
  const file = join(stamps, part);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** @param {Part} part */
function fingerprintOf(part) {
  return fingerprint([...parts[part], ...tools]);
}

function partNames() {
  return /** @type {Part[]} */ (Object.keys(parts));
}

if (isCommand(import.meta.url)) await runCommand(() => buildStale({ all: process.argv.includes('--all') }));
