import { defineConfig } from '@playwright/test';

/** Drives the real application; `build/test.mjs` builds it first. Each test brings its own desktop session. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  // Start-up, several seconds of real server life and the keyring all count.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  // Each test has a desktop, a sandbox and an application of its own, and waits for them most of the time.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list']],
});
