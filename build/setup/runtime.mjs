import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFailure } from './failure.mjs';
import { localCache, root } from './paths.mjs';
import { run, tail } from './run.mjs';
import { substituteFits, substituteRuntime, substituteVersion } from './substitute-runtime.mjs';

/**
 * The Electron that this checkout runs.
 *
 * @typedef {object} Runtime
 * @property {string} path folder with Electron, for ELECTRON_OVERRIDE_DIST_PATH and electron-builder's electronDist
 * @property {string} executable the program inside that folder, absolute
 * @property {string} version as `33.2.1`
 * @property {'electron' | 'override' | 'substitute'} source the npm package's own download, a folder that the
 *   user named, or the one from the npm registry
 */

const recordFile = join(localCache, 'electron-runtime.json');
const electronPackage = join(root, 'node_modules', 'electron');

const executables = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const executableName =
  process.platform === 'darwin' || process.platform === 'win32' ? executables[process.platform] : 'electron';

/**
 * The runtime that an earlier set-up chose.
 *
 * @returns {Runtime | null} null if there is none, or it was deleted
 */
export function knownRuntime() {
  try {
    const runtime = /** @type {Runtime} */ (JSON.parse(readFileSync(recordFile, 'utf8')));
    const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
    if (override && override !== runtime.path) return null;
    if (!existsSync(runtime.executable)) return null;
    // An update of the electron package needs a new download.
    return runtime.source === 'electron' && runtime.version !== declaredVersion() ? null : runtime;
  } catch {
    return null;
  }
}

/** @returns {Runtime} */
export function requireRuntime() {
  const runtime = knownRuntime();
  if (runtime) return runtime;
  throw new SetupFailure('There is no Electron runtime yet.', 'Run `npm run setup`, then try again.');
}

/**
 * Finds or downloads an Electron: the folder that the user named, otherwise the electron package's own download,
 * otherwise the substitute from the npm registry.
 *
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime() {
  const known = knownRuntime();
  if (known) return known;
  const runtime = fromOverride() ?? (await fromElectronPackage()) ?? (await fromSubstitute());
  remember(runtime);
  return runtime;
}

/** @returns {Runtime | null} */
function fromOverride() {
  const path = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!path) return null;
  const executable = join(path, executableName);
  if (!existsSync(executable)) {
    throw new SetupFailure(
      `ELECTRON_OVERRIDE_DIST_PATH is ${path}, but there is no ${executableName} in it.`,
      'Correct the variable, or unset it so that Perch gets an Electron itself.',
    );
  }
  return { path, executable, version: versionIn(path) ?? 'unknown', source: 'override' };
}

/** @returns {Promise<Runtime | null>} null if GitHub (or the configured mirror) can't be reached */
async function fromElectronPackage() {
  const path = join(electronPackage, 'dist');
  const version = declaredVersion();
  if (versionIn(path) !== version) {
    if (!(await releaseIsReachable(version))) return null;
    console.log(`perch: downloading Electron ${version}`);
    const result = await run(process.execPath, [join(electronPackage, 'install.js')], {
      cwd: root,
      timeoutMs: 10 * 60_000,
    });
    if (result.code !== 0 || versionIn(path) !== version) {
      console.log(`perch: that download failed (${result.timedOut ? 'too slow' : tail(result.output, 1)})`);
      return null;
    }
  }
  return { path, executable: join(path, executableName), version, source: 'electron' };
}

/** @returns {Promise<Runtime>} */
async function fromSubstitute() {
  if (!substituteFits) {
    throw new SetupFailure(
      `Electron ${declaredVersion()} could not be downloaded from GitHub.`,
      'Connect to the internet (or set ELECTRON_MIRROR to a mirror that you can reach) and run the command again.',
    );
  }
  console.log('perch: GitHub cannot be reached, so Electron comes from the npm registry');
  const path = await substituteRuntime();
  return { path, executable: join(path, executableName), version: substituteVersion, source: 'substitute' };
}

/**
 * Time limit of six seconds, because the download itself would try for minutes without a network.
 *
 * @param {string} version
 */
async function releaseIsReachable(version) {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  // Any answer of a mirror counts, because mirrors may have other paths.
  const url = mirror ?? `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(6_000) });
    return mirror !== undefined || response.ok;
  } catch {
    return false;
  }
}

/** The Electron version of package.json, which packages carry. */
export function declaredVersion() {
  const manifest = /** @type {{ version: string }} */ (
    JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8'))
  );
  return manifest.version;
}

/** @param {string} folder */
function versionIn(folder) {
  try {
    return readFileSync(join(folder, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return null;
  }
}

/** @param {Runtime} runtime */
function remember(runtime) {
  mkdirSync(localCache, { recursive: true });
  const draft = `${recordFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(runtime, null, 2)}\n`);
  renameSync(draft, recordFile);
}
