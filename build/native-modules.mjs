/** Packages with a compiled part, which can't be bundled; an application package carries them beside the bundle. */
export const unbundled = ['keytar', 'classic-level'];

/**
 * All that a package for a system carries in node_modules: what has a compiled part there, and what classic-level loads
 * while it runs. On Linux the keychain is asked over D-Bus, so keytar stays out.
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
 * With whose headers those are compiled, so that it is inside them.
 *
 * @param {string} system
 */
export const compiledInto = (system) => [
  ...(system.startsWith('linux') ? [] : ['node-addon-api']),
  'napi-macros',
];
