/*
 * Required and allowed contents of an unpacked package besides Electron itself. electron-builder.yml defines the
 * contents; this list catches its mistakes.
 */

/** Place of classic-level's compiled part. macOS has one file for both processors, and ARM has versions. */
const classicLevel = {
  'linux-x64': 'linux-x64/classic-level.node',
  'linux-arm64': 'linux-arm64/classic-level.armv8.node',
  'darwin-x64': 'darwin-x64+arm64/classic-level.node',
  'darwin-arm64': 'darwin-x64+arm64/classic-level.node',
  'win32-x64': 'win32-x64/classic-level.node',
};

/** @typedef {keyof typeof classicLevel} System */

/**
 * Files of app.asar, including those unpacked beside it. A star stands for a part of one name, and each line must match
 * a file.
 *
 * @param {System} system
 */
export const inArchive = (system) => [
  'package.json',
  'LICENSE',
  'out/THIRD-PARTY-NOTICES.txt',
  'out/main/client.cjs',
  'out/main/index.cjs',
  'out/main/perch.cjs',
  'out/main/write-thread.cjs',
  'out/main/piece-*.cjs',
  'out/preload/index.cjs',
  'out/renderer/main.html',
  'out/renderer/popover.html',
  'out/renderer/assets/*.js',
  'out/renderer/assets/*.css',
  'out/sandbox/index.mjs',
  'out/sandbox/game.mjs',
  'out/sandbox/shared-*.mjs',
  'out/icons/app.icns',
  'out/icons/app.ico',
  'out/icons/app.png',
  'out/icons/app/*.png',
  'out/icons/tray-*.png',
  'out/icons/tray-*.ico',
  ...keytar(system),
  ...carriedPackage('classic-level', 'LICENSE', ['*.js', `prebuilds/${classicLevel[system]}`]),
  ...carriedPackage('abstract-level', 'LICENSE', ['*.js', 'lib/*.js']),
  ...carriedPackage('level-supports', 'LICENSE', ['index.js']),
  ...carriedPackage('level-transcoder', 'LICENSE', ['index.js', 'lib/*.js']),
  ...carriedPackage('maybe-combine-errors', 'LICENSE.md', ['index.js']),
  ...carriedPackage('module-error', 'LICENSE', ['index.js']),
  ...carriedPackage('node-gyp-build', 'LICENSE', ['index.js', 'node-gyp-build.js']),
];

/** Contents of the resources folder besides the unpacked part of the archive. */
export const inResources = ['app.asar'];

/** Licences that must ship with Electron, at the top of the package. */
export const electronLicences = ['LICENSE.electron.txt', 'LICENSES.chromium.html'];

/**
 * Compares actual and allowed entries. Returns a sentence for each difference.
 *
 * @param {readonly string[]} entries paths with slashes
 * @param {readonly string[]} allowed as in `inArchive`
 * @param {string} place name for the sentences
 * @returns {string[]}
 */
export function differences(entries, allowed, place) {
  const lines = allowed.map((line) => ({ line, fits: matcher(line) }));
  const strange = entries.filter((entry) => !lines.some(({ fits }) => fits.test(entry)));
  const missing = lines.filter(({ fits }) => !entries.some((entry) => fits.test(entry)));
  return [
    ...strange.map((entry) => `${place} holds ${entry}, which does not belong there.`),
    ...missing.map(({ line }) => `${place} lacks ${line}.`),
  ];
}

/**
 * Keychain of macOS and Windows; Linux uses D-Bus. The two halves of a universal macOS package must be alike.
 *
 * @param {System} system
 */
function keytar(system) {
  if (system.startsWith('linux')) return [];
  const systems = system.startsWith('darwin') ? ['darwin-x64', 'darwin-arm64'] : [system];
  const compiled = systems.map((name) => `prebuilds/${name}/keytar.node`);
  return carriedPackage('keytar', 'LICENSE.md', ['lib/keytar.js', ...compiled]);
}

/**
 * @param {string} name
 * @param {string} licence
 * @param {readonly string[]} files
 */
function carriedPackage(name, licence, files) {
  return ['package.json', licence, ...files].map((file) => `node_modules/${name}/${file}`);
}

/** @param {string} line */
function matcher(line) {
  const literal = line.split('*').map((part) => part.replace(/[.+]/g, '\\$&'));
  return new RegExp(`^${literal.join('[^/]*')}$`);
}
