/* Of the allow lists of `walls.mjs` those of the tools and tests, which no person runs with Perch. */

/** @typedef {import('./walls.mjs').Room} Room */

/** @type {Readonly<Record<string, Room>>} */
export const toolRooms = {
  // What `npm start` runs before any package is there: built-in modules, and packages only where they are awaited.
  'build/setup': {
    rooms: [],
    node: '*',
    packages: ['@electron/fuses', 'electron', 'yauzl'],
    globals: '*',
    loads: true,
  },
  build: {
    rooms: ['build/setup', 'tests/support/desktop'],
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
  'build/icons/rasteriser': { rooms: [], node: '*', packages: ['electron'], globals: '*' },
  // What the tools read at the root of the checkout.
  '.': {
    rooms: ['build'],
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

  tests: { rooms: '*', node: '*', packages: [], globals: '*' },
  // What a seed decides takes time and chance from nowhere else.
  'tests/soak': {
    rooms: [
      'words',
      'bridge',
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
    rooms: ['main/base', 'main/base/clock.ts', 'tests/soak/timer-heap.ts'],
    globals: ['clock'],
  },
  'tests/fuzz': { rooms: '*', node: '*', packages: ['fast-check', 'vitest'], globals: '*' },
  'tests/lanes': { rooms: '*', node: '*', packages: ['@playwright/test'], globals: '*' },
  'tests/e2e': {
    rooms: '*',
    node: '*',
    packages: ['@modelcontextprotocol/sdk', '@playwright/test', 'axe-core'],
    globals: '*',
  },
  'tests/support': {
    rooms: '*',
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
  // The commands of a checkout use it as well, so nothing of the tests may come with it.
  'tests/support/desktop': { rooms: ['build/png.mjs'], node: '*', globals: '*' },
  bench: {
    rooms: ['build', 'tests/support/desktop'],
    node: '*',
    packages: ['@playwright/test', 'classic-level', 'vite', 'ws'],
    globals: '*',
    loads: true,
  },
  'bench/bare': { rooms: [], node: ['path'], packages: ['electron'], globals: '*' },
};

/**
 * The specs of all rooms, beside what their own room may import.
 *
 * @type {Room}
 */
export const specs = {
  rooms: '*',
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
