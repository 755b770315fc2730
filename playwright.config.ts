import { defineConfig } from '@playwright/test';

/** Specs that take half a minute or more. They begin first, so that no worker waits for a long spec at the end. */
const long = [
  ...[
    'access',
    'alerts',
    'backups',
    'bulk',
    'channels',
    'charts',
    'command-line',
    'editor',
    'endpoints',
    'errors',
  ],
  ...['files', 'fixes', 'jobs', 'keyboard', 'links', 'mcp', 'names', 'own-editor', 'past-crashes', 'people'],
  ...['players', 'proxy', 'quiet-backups', 'restart-without-panel', 'rules', 'schedules', 'screens', 'sftp'],
  ...['sidebar', 'sizes', 'soak', 'subuser', 'transfers', 'warned-restart'],
].map((name) => `**/${name}.spec.ts`);

/** Not a test: it makes the pictures of the README, and `npm run pictures` alone runs it. */
const pictures = '**/readme-pictures.spec.ts';

/** Drives the real application; `build/test.mjs` builds it first. The tests of a worker share a desktop session. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  // Start-up, several seconds of real server life and the keyring all count. A busy machine is no failure: the longest
  // tests take more than two minutes on one, and a step that hangs ends by its own limit.
  timeout: 360_000,
  expect: { timeout: 20_000 },
  // Each test has a sandbox and an application of its own, and waits for them most of the time.
  workers: 4,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list']],
  projects:
    process.env['PERCH_PICTURES'] === undefined
      ? [
          { name: 'long', testMatch: long },
          { name: 'short', testMatch: '**/*.spec.ts', testIgnore: [...long, pictures] },
        ]
      : [{ name: 'pictures', testMatch: pictures }],
});
