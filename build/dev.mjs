/*
 * npm run dev: the application during development.
 * Windows come from Vite's dev server and show changes in place. A change of main, preload or sandbox rebuilds that
 * part and restarts Electron. `-- --demo` connects the sandbox. Without a display it starts its own desktop session.
 * Other arguments go to Electron.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { buildStale } from './build.mjs';
import { appFolder, makeAppFolder } from './dev/app-folder.mjs';
import { ElectronLoop } from './dev/electron-loop.mjs';
import { watchMessages } from './dev/watch-messages.mjs';
import { launchOptions, onEndSignal } from './launch.mjs';
import { runCommand } from './setup/failure.mjs';

const demoData = join(appFolder, 'data');

/** @typedef {() => Promise<void>} End ends a started part */

async function dev() {
  /** @type {() => void} */
  let quit = () => undefined;
  /** @type {Promise<void>} */
  const over = new Promise((resolve) => (quit = resolve));
  onEndSignal(() => quit());
  /** @type {End[]} */
  const ends = [];
  // A request to quit during the start waits for the end of the start, so that no process is left.
  const started = startAll(ends, quit);
  try {
    await started;
    await over;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/**
 * @param {End[]} ends filled with the started parts
 * @param {() => void} quit
 */
async function startAll(ends, quit) {
  const isDemo = process.argv.includes('--demo');
  const env = { ...process.env, ...(isDemo ? { PERCH_DEMO: '1', PERCH_DATA: demoData } : {}) };
  const desktopEnv = needsDesktop() ? await startOwnDesktop(ends) : {};
  await buildStale({ quiet: true, only: ['icons'] });
  ends.push(watchMessages());
  makeAppFolder();

  // Without this variable Vite treats the build of main as a release build.
  process.env.NODE_ENV = 'development';
  const [{ startPageServer }, { watchBundles }] = await Promise.all([
    import('./dev/page-server.mjs'),
    import('./dev/watch-bundles.mjs'),
  ]);
  const pages = await startPageServer();
  ends.push(pages.close);
  const electron = new ElectronLoop({
    launch: launchOptions({
      app: appFolder,
      args: process.argv.slice(2).filter((word) => word !== '--demo'),
      env: { ...env, ...desktopEnv, PERCH_DEV_SERVER: pages.address },
    }),
    ended: quit,
    failed: (code) => console.log(`perch: Electron ended with ${code}; the next change starts it again`),
  });
  ends.push(() => electron.stop());
  const endWatching = await watchBundles({
    ready: (names) => {
      console.log(`perch: built ${names.join(', ')}, Electron starts`);
      electron.restart();
    },
    failed: (name, message) => console.error(`perch: ${name}: ${stripVTControlCharacters(message)}`),
  });
  ends.push(endWatching);
}

function needsDesktop() {
  return process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
}

/** @param {End[]} ends */
async function startOwnDesktop(ends) {
  // The new session has a new keyring, so keys of an earlier demo are gone.
  rmSync(demoData, { recursive: true, force: true });
  mkdirSync(demoData, { recursive: true });
  const { startDesktop } = await import('../tests/support/desktop/desktop.mjs');
  const desktop = await startDesktop();
  ends.push(() => desktop.stop());
  console.log('perch: there is no display, so this brings its own');
  return desktop.env;
}

// A closed reader (`| head`) must not prevent the clean-up.
process.stdout.on('error', () => undefined);
await runCommand(dev);
// A bundler that is ended during a build keeps the process alive.
process.exit();
