/** Has a compiled part, so it can't be inside a bundle; a package carries it beside the bundle. */
export const unbundled = ['keytar', 'classic-level'];

/** All that a package carries in node_modules: those two and what classic-level loads while it runs. */
export const carried = [
  ...unbundled,
  'abstract-level',
  'level-supports',
  'level-transcoder',
  'maybe-combine-errors',
  'module-error',
  'node-gyp-build',
];

/** Whose headers those two are compiled with, so that it is inside them. */
export const compiledIn = ['node-addon-api', 'napi-macros'];
