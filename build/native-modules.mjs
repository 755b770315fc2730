/** Packages with a compiled part, which can't be bundled; an application package carries them beside the bundle. */
export const unbundled = ['keytar', 'classic-level'];

/**
 * Packages in node_modules of an application package: those with a compiled part, and those that classic-level loads at
 * run time. On Linux the keychain is used over D-Bus, so keytar is left out.
 *
 * @param {string} system `linux`, or such as `linux-x64`
 */
export const carriedOn = (system) => [
  ...(system.startsWith('linux') ? [] : ['keytar']),
  'classic-level',
  'abstract-level',
  'level-supports',
  'level-transcoder',
  'maybe-combine-errors',
  'module-error',
  'node-gyp-build',
];

/**
 * Packages whose headers are compiled into the packages of `carriedOn`.
 *
 * @param {string} system
 */
export const compiledInto = (system) => [
  ...(system.startsWith('linux') ? [] : ['node-addon-api']),
  'napi-macros',
];
