import { svelte } from '@sveltejs/vite-plugin-svelte';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { renewedMemory } from './mutate/renewed-memory.js';

const root = join(import.meta.dirname, '..');

/** Gives the tests the files of `changed-module.mjs` in the place of the real ones. */
function changedFiles(): Plugin {
  const file = join(root, '.cache/mutate/changed.json');
  const contents = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  return {
    name: 'changed-files',
    enforce: 'pre',
    load: (id) => contents[relative(root, id).replaceAll('\\', '/')],
  };
}

/** The unit tests alone: what starts processes would take as long for each change as `npm test` does. */
export default defineConfig({
  plugins: [changedFiles(), renewedMemory(), svelte()],
  root,
  test: {
    include: ['**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/*.sandbox.spec.ts', 'tests/**', '.cache/**'],
    setupFiles: [join(root, 'tests/support/every-language.ts')],
    runner: join(root, 'build/mutate/mutating-runner.ts'),
    pool: 'threads',
    // Each module is loaded once for all files; what it keeps is renewed before each run.
    isolate: false,
    maxWorkers: 2,
    // The runner has a limit for each change.
    testTimeout: 0,
    // A change may leave something behind that fails when its test is over.
    dangerouslyIgnoreUnhandledErrors: true,
  },
});
