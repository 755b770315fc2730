import { svelte } from '@sveltejs/vite-plugin-svelte';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';
import { renewedMemory } from './mutate/renewed-memory.js';

const root = join(import.meta.dirname, '..');
/** The list of the same name in `vitest.config.ts`: the modules are shared, so their mocks would not reach the code. */
const replacing = ['main/disk/stored-file.spec.ts', 'main/shell/start/data-folder.spec.ts'];

/** Replaces files by those of `changed-module.mjs`. */
function changedFiles(): Plugin {
  const file = join(root, '.cache/mutate/changed.json');
  const contents = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  return {
    name: 'changed-files',
    enforce: 'pre',
    load: (id) => contents[relative(root, id).replaceAll('\\', '/')],
  };
}

/** Unit tests only. Tests that start processes would take too long for each change. */
export default defineConfig({
  plugins: [changedFiles(), renewedMemory(), svelte()],
  root,
  test: {
    include: ['**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/*.sandbox.spec.ts', 'tests/**', '.cache/**', ...replacing],
    setupFiles: [join(root, 'tests/support/every-language.ts')],
    runner: join(root, 'build/mutate/mutating-runner.ts'),
    pool: 'threads',
    // Modules are loaded once for all files; their state is renewed before each run.
    isolate: false,
    maxWorkers: 2,
    // The runner limits each change instead.
    testTimeout: 0,
    // A change may leave work behind that fails after its test.
    dangerouslyIgnoreUnhandledErrors: true,
  },
});
