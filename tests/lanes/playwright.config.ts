import { defineConfig } from '@playwright/test';

/** `build/lanes/chromium.mjs` sets the browser's path; so Playwright downloads none. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/chromium',
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list']],
  use: {
    viewport: { width: 1200, height: 800 },
    launchOptions: {
      executablePath: process.env.PERCH_CHROMIUM ?? '/usr/bin/chromium',
      // Chromium refuses its sandbox for root.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
