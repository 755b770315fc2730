import { defineConfig } from '@playwright/test';

/** Drives the real application; `build/test.mjs` builds it first. Each test file brings its own desktop session. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  // Start-up, several seconds of real server life and the keyring all count.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // An Electron, a sandbox and its servers are several processes each.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list']],
});
