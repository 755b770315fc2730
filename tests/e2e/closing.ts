/** Main window when closed, kept and reopened, and the question before Perch quits. */
import type { Page } from '@playwright/test';
import type { Desktop } from '../support/desktop/desktop.mjs';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, type Perch } from './perch.js';

interface Asked {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly defaultId: number;
}

/** State of the main window on the desktop; null = no window. */
export function mainWindow({ app }: Perch): Promise<'shown' | 'hidden' | null> {
  return app.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find(
      (one) => !one.isDestroyed() && one.webContents.getURL().includes('main.html'),
    );
    return main === undefined ? null : main.isVisible() ? 'shown' : 'hidden';
  });
}

/** Waits until main has handled all earlier messages of this page; main releases a window with a timer of 0 ms. */
export async function untilMainHandled({ app }: Perch, page: Page): Promise<void> {
  await page.evaluate(() => window.perch.call('app.info', undefined));
  await app.evaluate(() => new Promise((next) => setTimeout(next, 1)));
}

/**
 * Closes the window as the window manager's button does.
 *
 * Main handles a message of the page before a later press of that button. This call does not come from the page and
 * could overtake the last typed text, so the call waits for the page's messages.
 */
export async function closeMain(perch: Perch): Promise<void> {
  await untilMainHandled(perch, await perch.window('main'));
  await perch.app.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find(
      (one) => !one.isDestroyed() && one.webContents.getURL().includes('main.html'),
    );
    main?.close();
  });
}

/** Stubs the native dialog: it answers with this button and records its question. */
export async function answerWith({ app }: Perch, button: string): Promise<void> {
  await app.evaluate(({ dialog }, word) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    dialog.showMessageBox = (...args: unknown[]) => {
      const options = args.at(-1) as { buttons: string[] };
      asked.push(options);
      return Promise.resolve({ response: options.buttons.indexOf(word), checkboxChecked: false });
    };
  }, button);
}

export function asked({ app }: Perch): Promise<Asked[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: Asked[] }).asked);
}

export async function connected(perch: Perch, sandbox: SandboxProcess): Promise<MainWindow> {
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 30_000 });
  return main;
}

export async function reopenMain(perch: Perch, desktop: Desktop): Promise<Page> {
  await desktop.clickMenu(['Open Perch']);
  await expect.poll(() => mainWindow(perch)).toBe('shown');
  return perch.window('main');
}

/** Resolves at the application's end. Call this before the action that ends the application. */
export function applicationEnd({ app }: Perch): Promise<unknown> {
  return app.waitForEvent('close', { timeout: 60_000 });
}
