import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './build/longest-first.js';
import { compileMessages } from './build/messages.mjs';
import { fingerprint } from './build/sources.mjs';

compileMessages();

/** What Vite made of the modules, for these packages: unit and sandbox tests and those on Node 24 load the same modules. */
const madeModules = `.cache/modules-${fingerprint(['node_modules/.package-lock.json']).slice(0, 12)}`;

/** Specs that mock a module of Node, or need messages that are not loaded. A shared worker keeps both. */
const replacing = [
  'messages/late-areas.spec.ts',
  'main/disk/stored-file.spec.ts',
  'main/shell/start/data-folder.spec.ts',
  'preload/index.spec.ts',
];
const replacingSandbox = ['main/shell/files/file-viewer.sandbox.spec.ts'];
/** Generous, because a busy machine is no failure. */
const testTimeout = 120_000;
/** Limit of `expect.poll`; one second otherwise. `patience` and `component-page` do the same for other waits. */
const poll = { timeout: 15_000 };
/** Each is read before the specs of a project are. */
const patience = 'tests/support/patience.ts';
const everyLanguage = 'tests/support/every-language.ts';
const everyArea = 'tests/support/every-area.ts';
/** Options of specs with real processes. */
const overReality = { setupFiles: [everyArea, patience], testTimeout: 180_000, hookTimeout: 180_000 };
const exclude = ['**/node_modules/**', 'out/**', 'dist/**', '.cache/**', 'tests/e2e/**', 'tests/lanes/**'];

export default defineConfig({
  plugins: [svelte()],
  test: {
    expect: { poll },
    sequence: { sequencer: LongestFirst },
    // The compiled messages are plain modules of two megabytes, which Node loads as they are.
    server: { deps: { external: [/\/messages\/compiled\/.*\.js$/] } },
    experimental: { fsModuleCache: true, fsModuleCachePath: madeModules },
    projects: [
      // Pure logic: part of `npm run check`. No module keeps state, so all files share the loaded modules.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.spec.ts'],
          exclude: [...exclude, ...replacing, '**/*.sandbox.spec.ts', '**/*.component.spec.ts'],
          setupFiles: [everyLanguage, patience],
          isolate: false,
          testTimeout,
        },
      },
      {
        extends: true,
        test: { name: 'unit-replacing', include: replacing, exclude, setupFiles: [patience], testTimeout },
      },
      // Parts of the windows in jsdom, which has no layout: keys, focus, names and rows. Part of `npm run check`.
      {
        extends: true,
        resolve: { conditions: ['browser'] },
        test: {
          name: 'components',
          include: ['renderer/**/*.component.spec.ts'],
          exclude,
          environment: 'jsdom',
          setupFiles: [everyLanguage, patience, 'tests/support/component-page.ts'],
          // Packages with Svelte files, which must be compiled like the windows' own files.
          server: {
            deps: {
              inline: ['bits-ui', 'svelte-toolbelt', 'runed', '@lucide/svelte', '@testing-library/svelte'],
            },
          },
          isolate: false,
          testTimeout,
        },
      },
      // Needs real processes or real time: part of `npm test` only. Each worker loads the modules once.
      {
        extends: true,
        test: {
          name: 'sandbox',
          include: ['**/*.sandbox.spec.ts'],
          exclude: [...exclude, ...replacingSandbox],
          ...overReality,
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'sandbox-replacing', include: replacingSandbox, exclude, ...overReality },
      },
    ],
  },
});
