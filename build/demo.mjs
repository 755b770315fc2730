/*
 * npm run demo: the application connected to the sandbox.
 * Without a display it starts its own desktop session, saves pictures and prints the tray's content. With
 * `-- --seconds 20` the demo ends after 20 seconds.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildStale } from './build.mjs';
import { launchOptions, onEndSignal } from './launch.mjs';
import { runCommand, SetupFailure } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { start } from './start.mjs';

const pictures = join(root, 'out', 'demo');
const data = join(pictures, 'data');
/** Wait between the first server in the tray and the pictures, so that the charts have data. */
const SETTLE_MS = 6_000;
const READY_MS = 45_000;
/** The second picture of the main window shows the console of this server. */
const SHOWN_SERVER = 'Survival';
const USAGE = 'Use for example `npm run demo -- --seconds 20`.';
/** The application ends its sandbox, which stops its servers first. */
const CLOSE_MS = 12_000;

/** @returns {Promise<number>} */
async function demo() {
  const seconds = secondsFromArguments();
  const demoEnv = { PERCH_DEMO: '1', PERCH_DATA: data };
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) {
    return start({ env: { ...process.env, ...demoEnv }, ...(seconds === undefined ? {} : { seconds }) });
  }
  console.log(
    'perch: there is no display, so the demo brings its own: screen, session bus, unlocked keyring,',
  );
  console.log('       notification daemon and a host for the tray icon');
  // The keyring with the keys of an earlier demo ended with its session.
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  await buildStale();
  const { startDesktop } = await import('../tests/support/desktop/desktop.mjs');
  const desktop = await startDesktop();
  try {
    await onOwnDesktop(desktop, demoEnv, seconds);
  } finally {
    await desktop.stop();
  }
  return 0;
}

function secondsFromArguments() {
  const wanted = secondsText();
  if (wanted === undefined) return undefined;
  const seconds = Number(wanted);
  if (Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new SetupFailure(`--seconds ${wanted} is not a number of seconds.`, USAGE);
}

function secondsText() {
  try {
    return parseArgs({ options: { seconds: { type: 'string' } } }).values.seconds;
  } catch (error) {
    throw new SetupFailure(/** @type {Error} */ (error).message.split('\n')[0] ?? '', USAGE);
  }
}

/**
 * @param {import('../tests/support/desktop/desktop.mjs').Desktop} desktop
 * @param {Record<string, string>} demoEnv
 * @param {number | undefined} seconds
 */
async function onOwnDesktop(desktop, demoEnv, seconds) {
  const { _electron } = await import('playwright');
  const ended = new AbortController();
  onEndSignal(() => ended.abort());
  const over = sleep(seconds === undefined ? 2 ** 31 - 1 : seconds * 1000, undefined, {
    signal: ended.signal,
  });
  const endOfDemo = over.catch(() => undefined);

  const launch = launchOptions({ env: { ...desktop.env, ...demoEnv } });
  const app = await _electron.launch({
    executablePath: launch.executable,
    args: launch.args,
    env: launch.env,
  });
  const electron = app.process();
  const closed = new Promise((resolve) => app.once('close', () => resolve(undefined)));
  try {
    await Promise.race([show(desktop, app), endOfDemo, closed]);
    if (seconds === undefined && !ended.signal.aborted) console.log('perch: the demo runs; Ctrl+C ends it');
    await Promise.race([endOfDemo, closed]);
  } finally {
    ended.abort();
    await Promise.race([app.close(), sleep(CLOSE_MS, undefined, { ref: false })]);
    // Reached when closing took too long.
    electron.kill('SIGKILL');
  }
}

/**
 * @param {import('../tests/support/desktop/desktop.mjs').Desktop} desktop
 * @param {import('playwright').ElectronApplication} app
 */
async function show(desktop, app) {
  const deadline = Date.now() + READY_MS;
  await desktop.waitForTray(READY_MS);
  const main = await windowOf(app, 'main.html', deadline);
  while (!hasServers(await desktop.trayMenu())) {
    if (Date.now() > deadline)
      throw new SetupFailure('The tray shows no server.', `See the log below ${data}.`);
    await sleep(200);
  }
  await main.getByText('All servers').first().click();
  await sleep(SETTLE_MS);
  await main.screenshot({ path: join(pictures, 'main.png') });
  await main.getByText(SHOWN_SERVER).first().click();
  await sleep(1_500);
  await main.screenshot({ path: join(pictures, 'server.png') });
  await desktop.saveTrayIcon(join(pictures, 'tray.png'));
  await desktop.activateTray();
  const popover = await windowOf(app, 'popover.html', Date.now() + 10_000);
  await popover.waitForLoadState('load');
  await sleep(1_500);
  await popover.screenshot({ path: join(pictures, 'popover.png') });
  desktop.screenshot(join(pictures, 'desktop.png'));
  const { tooltip } = await desktop.waitForTray();
  console.log(`\nThe tray says:\n${indent(tooltip.split('\n'), '  ')}\n\nIts menu:`);
  console.log(indent(menuLines(await desktop.trayMenu()), '  '));
  const where = `${relative(root, pictures)}/`;
  console.log(
    `\nperch: pictures of the popover, the main window, the tray icon and the screen are in ${where}`,
  );
}

/**
 * @param {import('playwright').ElectronApplication} app
 * @param {string} page
 * @param {number} deadline
 */
async function windowOf(app, page, deadline) {
  for (;;) {
    const found = app.windows().find((window) => window.url().includes(`/${page}`));
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`the window with ${page} did not open`);
    await sleep(100);
  }
}

/** @param {import('../tests/support/desktop/desktop.mjs').MenuEntry[]} menu */
function hasServers(menu) {
  return menu.some((entry) => entry.children.length > 0);
}

/**
 * @param {import('../tests/support/desktop/desktop.mjs').MenuEntry[]} menu
 * @param {string} [margin]
 * @returns {string[]}
 */
function menuLines(menu, margin = '') {
  return menu
    .filter((entry) => entry.visible)
    .flatMap((entry) => {
      if (entry.separator) return [`${margin}--------`];
      const line = `${margin}${entry.label}${entry.enabled ? '' : ' (disabled)'}`;
      return [line, ...menuLines(entry.children, `${margin}    `)];
    });
}

/**
 * @param {readonly string[]} lines
 * @param {string} margin
 */
function indent(lines, margin) {
  return lines.map((line) => margin + line).join('\n');
}

// A closed reader (`| head`) must not prevent the clean-up.
process.stdout.on('error', () => undefined);
await runCommand(demo);
