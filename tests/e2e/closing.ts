/** The main window as it is closed, kept and opened again, and what is asked before Perch quits. */
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

/** The main window as the desktop has it; null where there is none. */
export function mainWindow({ app }: Perch): Promise<'shown' | 'hidden' | null> {
  return app.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('main.html'));
    return main === undefined ? null : main.isVisible() ? 'shown' : 'hidden';
  });
}

/** Main has acted on all that this page has said so far: it lets go of a window with a timer that is due at once. */
export async function heardOf({ app }: Perch, page: Page): Promise<void> {
  await page.evaluate(() => window.perch.call('app.info', undefined));
  await app.evaluate(() => new Promise((next) => setTimeout(next, 1)));
}

/** As the window manager's cross does. */
export function closeMain({ app }: Perch): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('main.html'));
    main?.close();
  });
}

/** Nobody can press the native dialog's buttons here: it answers with this one, and remembers what it asked. */
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

export async function openAgain(perch: Perch, desktop: Desktop): Promise<Page> {
  await desktop.clickMenu(['Open Perch']);
  await expect.poll(() => mainWindow(perch)).toBe('shown');
  return perch.window('main');
}

/** From before what ends it, for afterwards there is nothing to ask. */
export function end({ app }: Perch): Promise<unknown> {
  return app.waitForEvent('close', { timeout: 20_000 });
}
