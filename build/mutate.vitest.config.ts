import { svelte } from '@sveltejs/vite-plugin-svelte';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The unit tests alone: what starts processes would take as long for each change as `npm test` does. */
export default defineConfig({
  plugins: [svelte()],
  root: join(import.meta.dirname, '..'),
  test: {
    include: ['**/*.spec.ts'],
    exclude: ['**/node_modules/**', '**/*.sandbox.spec.ts', 'tests/**', '.cache/**'],
    testTimeout: 10_000,
  },
});
