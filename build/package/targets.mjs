/**
 * A package that `npm run dist` makes on a system.
 *
 * @typedef {object} Target
 * @property {string} kind electron-builder's name
 * @property {string} arch
 */

/**
 * Packages of each system. Windows has none for ARM: classic-level has no compiled part for it, and Windows on ARM
 * runs the x64 package.
 *
 * @type {Record<string, { kinds: readonly string[], archs: readonly string[] }>}
 */
const systems = {
  linux: { kinds: ['tar.gz', 'AppImage', 'deb', 'rpm'], archs: ['x64', 'arm64'] },
  win32: { kinds: ['nsis', 'portable', 'zip'], archs: ['x64'] },
  darwin: { kinds: ['dmg', 'zip'], archs: ['universal'] },
};

/**
 * @param {string} platform Node's name
 * @param {{ kinds?: readonly string[], archs?: readonly string[], own: string }} only undefined means all; `own` is this
 *   computer's processor, which the word `own` stands for
 * @returns {Target[]}
 */
export function targetsOf(platform, only) {
  const { kinds, archs } = systems[platform] ?? { kinds: [], archs: [] };
  const asked = only.archs?.map((arch) => (arch === 'own' ? only.own : arch));
  return archs
    .filter((arch) => arch === 'universal' || (asked?.includes(arch) ?? true))
    .flatMap((arch) =>
      kinds.filter((kind) => only.kinds?.includes(kind) ?? true).map((kind) => ({ kind, arch })),
    );
}

/**
 * Tools, environment and Electron of this computer. Programs are looked up only when a target needs them.
 *
 * @typedef {object} Means
 * @property {(name: string) => string | null} program path of a program; null = missing
 * @property {NodeJS.ProcessEnv} env
 * @property {boolean} downloads whether electron-builder's tools and Electron can be downloaded
 * @property {import('../setup/runtime.mjs').Runtime} runtime
 * @property {string} arch this computer's
 */

/**
 * Reason why a target can't be made here.
 *
 * @param {Target} target
 * @param {Means} means
 * @returns {string | null} null if it can be made
 */
export function obstacle({ kind, arch }, means) {
  return obstacleOfElectron(arch, means) ?? obstacleOfKind(kind, means);
}

/**
 * Reason why the Electron of another processor is missing. The Electron of the computer's own processor is always
 * present; others are downloaded.
 *
 * @param {string} arch
 * @param {Means} means
 */
function obstacleOfElectron(arch, { runtime, downloads, arch: own }) {
  if (arch === own) return null;
  if (runtime.source === 'substitute') return `the substitute Electron ${runtime.version} is for ${own} only`;
  return downloads ? null : `Electron for ${arch} could not be downloaded`;
}

/**
 * @param {string} kind
 * @param {Means} means
 */
function obstacleOfKind(kind, { program, env, downloads }) {
  const lacks = (/** @type {string} */ what) => `${what} could not be downloaded`;
  if (kind === 'rpm' && program('rpmbuild') === null)
    return 'there is no rpmbuild (on Debian in the package rpm)';
  if (kind === 'rpm' || downloads) return null;
  switch (kind) {
    case 'deb':
      return program('dpkg-deb') ? null : `there is no dpkg-deb, and ${lacks('fpm')}`;
    case 'tar.gz':
      return sevenZip({ program, env }) ? null : 'there is no 7z (on Debian in the package 7zip)';
    case 'AppImage':
      return env.APPIMAGE_TOOLS_PATH ? null : lacks('the runtime of AppImages');
    default:
      return lacks('what electron-builder makes it with');
  }
}

/**
 * Paths of tools for electron-builder, instead of its downloads.
 *
 * @param {Pick<Means, 'program' | 'env' | 'downloads'>} means
 * @param {string} packer our own, for deb and rpm
 * @returns {NodeJS.ProcessEnv}
 */
export function toolPaths({ program, env, downloads }, packer) {
  const zip = sevenZip({ program, env });
  const packsItself = program('dpkg-deb') !== null || !downloads;
  return {
    ...(packsItself ? { CUSTOM_FPM_PATH: packer } : {}),
    ...(zip === null ? {} : { ELECTRON_BUILDER_7ZIP_PATH: zip }),
  };
}

/** @param {Pick<Means, 'program' | 'env'>} means */
function sevenZip({ program, env }) {
  return env.ELECTRON_BUILDER_7ZIP_PATH ?? program('7z');
}
