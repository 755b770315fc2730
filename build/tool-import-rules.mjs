/* Allow lists of `import-rules.mjs` for tools and tests, which are not part of Perch. */

/** @typedef {import('./import-rules.mjs').Module} Module */

/** @type {Readonly<Record<string, Module>>} */
export const toolModules = {
  // Runs before any package is installed: built-in modules, and packages only in awaited imports.
  'build/setup': {
    modules: [],
    node: '*',
    packages: ['@electron/fuses', 'electron', 'yauzl'],
    globals: '*',
    loads: true,
  },
  build: {
    modules: ['build/setup', 'tests/support/desktop'],
    node: '*',
    packages: [
      '@actions/workflow-parser',
      '@electron/asar',
      '@messageformat/core',
      '@messageformat/parser',
      '@stryker-mutator/instrumenter',
      '@sveltejs/vite-plugin-svelte',
      'github-slugger',
      'playwright',
      'rolldown-license-plugin',
      'vite',
      'vitest',
      'yaml',
    ],
    globals: '*',
  },
  'build/icons/rasteriser': { modules: [], node: '*', packages: ['electron'], globals: '*' },
  // Tool configuration at the root of the checkout.
  '.': {
    modules: ['build'],
    node: '*',
    packages: [
      '@eslint/js',
      '@playwright/test',
      '@sveltejs/vite-plugin-svelte',
      'eslint-plugin-svelte',
      'globals',
      'typescript-eslint',
      'vitest',
    ],
    globals: '*',
  },

  tests: { modules: '*', node: '*', packages: [], globals: '*' },
  // A seed decides everything, so time and chance have no other source.
  'tests/soak': {
    modules: [
      'messages',
      'bridge',
      'bridge/schema',
      'main',
      'sandbox/panel',
      'sandbox/wings',
      'tests/support',
      'tests/soak/soak-time.ts',
    ],
    packages: ['vitest'],
    globals: ['process'],
  },
  'tests/soak/soak-time.ts': {
    modules: ['main/base', 'main/base/clock.ts', 'tests/soak/timer-heap.ts'],
    globals: ['clock'],
  },
  'tests/fuzz': { modules: '*', node: '*', packages: ['fast-check', 'vitest'], globals: '*' },
  'tests/lanes': { modules: '*', node: '*', packages: ['@playwright/test'], globals: '*' },
  'tests/e2e': {
    modules: '*',
    node: '*',
    packages: ['@modelcontextprotocol/sdk', '@playwright/test', 'axe-core'],
    globals: '*',
  },
  'tests/support': {
    modules: '*',
    node: '*',
    packages: [
      '@testing-library/svelte',
      'jose',
      'selfsigned',
      'svelte',
      'typescript',
      'vite',
      'vitest',
      'ws',
      'zod',
    ],
    globals: '*',
  },
  // Commands of a checkout import this folder as well, so it must not import tests.
  'tests/support/desktop': { modules: ['build/png.mjs'], node: '*', globals: '*' },
  bench: {
    modules: ['build', 'tests/support/desktop'],
    node: '*',
    packages: ['@playwright/test', 'classic-level', 'vite', 'ws'],
    globals: '*',
    loads: true,
  },
  'bench/bare': { modules: [], node: ['path'], packages: ['electron'], globals: '*' },
};

/**
 * Imports for the specs of all modules, besides those of their own module.
 *
 * @type {Module}
 */
export const specs = {
  modules: '*',
  node: '*',
  packages: [
    '@testing-library/svelte',
    '@testing-library/user-event',
    'eslint',
    'fast-check',
    'jose',
    'selfsigned',
    'vitest',
    'ws',
    'zod',
    '@playwright/test',
  ],
  globals: '*',
  loads: true,
};
