/* Applications driven by Playwright, which slows their start a little. */
import { _electron } from '@playwright/test';
import { listed } from './in-page.mjs';
import { argumentsOf, environmentOf, executable } from './programs.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const pages = { perch: '/main.html', bare: '/list.html' };
const size = { width: 1280, height: 800 };

/**
 * Starts an application. `startedAt` is the creation time of its process in ms since the epoch.
 *
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {import('./programs.mjs').ProgramName} name
 * @param {readonly string[]} [flags]
 */
export async function launch(desktop, name, flags = []) {
  const app = await _electron.launch({
    executablePath: executable,
    args: argumentsOf(name, flags),
    env: environmentOf(desktop, name),
  });
  const shows = (/** @type {Page} */ page) => new URL(page.url()).pathname.endsWith(pages[name]);
  const page = app.windows().find(shows) ?? (await app.waitForEvent('window', { predicate: shows }));
  // Waits for the window first: while Perch is still loading, the inspector may lose an answer ("Promise was
  // collected").
  if (name === 'perch') await page.locator('#app > *').first().waitFor({ state: 'attached' });
  const startedAt = await app.evaluate(() => process.getCreationTime() ?? Number.NaN);
  await app.evaluate(
    ({ BrowserWindow }, { width, height }) =>
      BrowserWindow.getAllWindows().forEach((window) => window.setContentSize(width, height)),
    size,
  );
  return { app, page, startedAt };
}

/**
 * Starts an application with its tray only.
 *
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {import('./programs.mjs').ProgramName} name
 */
export async function launchHidden(desktop, name) {
  const args = argumentsOf(name, ['--hidden']);
  const app = await _electron.launch({ executablePath: executable, args, env: environmentOf(desktop, name) });
  await desktop.waitForTray();
  return app;
}

/**
 * Opens the window of Perch by its tray.
 *
 * @param {import('@playwright/test').ElectronApplication} app
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {number} count servers
 */
export async function openFleet(app, desktop, count) {
  const opened = app.waitForEvent('window', { predicate: (page) => page.url().endsWith(pages.perch) });
  await desktop.clickMenu(['Open Perch']);
  await whenListed(await opened, count);
}

/**
 * @param {Page} page
 * @param {{ panel: string, key: string }} account
 */
export async function connect(page, { panel, key }) {
  const form = page.getByRole('form', { name: 'Connect a panel' });
  await form.getByLabel('Panel address').fill(panel);
  await form.getByLabel('API key', { exact: true }).fill(key);
  await page.getByTestId('connect').click();
}

/**
 * Stores the account in the session's data, where the next start finds it.
 *
 * @param {import('./programs.mjs').Desktop} desktop
 * @param {import('./servers.mjs').Servers} panel
 */
export async function connectOnce(desktop, panel) {
  const { app, page } = await launch(desktop, 'perch');
  await connect(page, panel);
  await whenListed(page, panel.visible);
  await app.close();
}

/**
 * Time at which the table first contained all of these servers and showed some of them, in ms since the epoch.
 *
 * @param {Page} page
 * @param {number} count
 */
export async function whenListed(page, count) {
  const at = await page.waitForFunction(listed, count, { timeout: 60_000, polling: 'raf' });
  return Number(await at.jsonValue());
}
