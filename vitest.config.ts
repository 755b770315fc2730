import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', 'out/**', 'dist/**', 'tests/e2e/**'];

export default defineConfig({
  plugins: [svelte()],
  test: {
    projects: [
      // Pure logic: part of `npm run check`.
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.spec.ts'],
          exclude: [...exclude, '**/*.sandbox.spec.ts'],
          // A busy machine is no failure.
          testTimeout: 30_000,
        },
      },
      // Needs real processes or real time: part of `npm test` only.
      {
        extends: true,
        test: {
          name: 'sandbox',
          include: ['**/*.sandbox.spec.ts'],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
