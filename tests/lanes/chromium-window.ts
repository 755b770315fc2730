/**
 * Window of Perch in a Chromium without Electron: the built pages with main's Content-Security-Policy, and the built
 * preload with stand-ins for Electron's three objects. Calls go to the real router, and its pushes come back.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { Push } from '../../bridge/schema/wire.js';
import { appHost, appScheme } from '../../main/ipc/trust.js';
import { serve } from '../../main/shell/pages/scheme.js';
import { windowId, type MainModules } from './main-modules.js';

const out = resolve(import.meta.dirname, '../../out');
/** Chromium does not know the app:// scheme; no host of this name exists. */
const origin = 'https://perch.invalid';

interface Pushed {
  pushFromMain(push: Push): void;
}

/** Opens the main window; returns the errors of the page's console. */
export async function openMainWindow(page: Page, modules: MainModules): Promise<string[]> {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const answer = serve(resolve(out, 'renderer'), {
      method: route.request().method(),
      url: `${appScheme}://${appHost}${pathname}`,
    });
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  });
  await page.exposeFunction('askMain', async (request: unknown) => {
    const senderFrame = { url: `${appScheme}://${appHost}/main.html`, parent: null };
    return await modules.router.answer({ sender: { id: windowId }, senderFrame }, request);
  });
  await page.addInitScript(`(() => {
    const listeners = [];
    window.pushFromMain = (push) => listeners.forEach((listener) => listener({}, push));
    const electron = {
      contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
      ipcRenderer: {
        invoke: (_channel, request) => window.askMain(request),
        on: (_channel, listener) => listeners.push(listener),
      },
      webFrame: { executeJavaScript: async () => null },
    };
    (function (require) {
      ${readFileSync(resolve(out, 'preload/index.cjs'), 'utf8')}
    })(() => electron);
  })()`);
  // Keeps the order of calls, as Electron's channel does.
  let last: Promise<unknown> = Promise.resolve();
  modules.show((push) => {
    last = last
      .then(() => page.evaluate((each) => (window as unknown as Pushed).pushFromMain(each), push))
      // A closed page no longer takes answers.
      .catch(() => undefined);
  });
  await page.goto(`${origin}/main.html`);
  return errors;
}
