/** The real application in a desktop session of its own, connected to a real sandbox. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test as base, _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { CallName } from '../../bridge/schema/contract.js';
import { startDesktop, type Desktop } from '../support/desktop/desktop.mjs';
import { startSandbox, type SandboxProcess } from '../support/sandbox-process.js';

const root = resolve(import.meta.dirname, '../..');

export interface Perch {
  readonly app: ElectronApplication;
  readonly dataFolder: string;
  /** The window that shows `page`, once it is there. */
  window(page: 'main' | 'popover'): Promise<Page>;
  /** Ends the application as "Quit" does and waits for it. */
  quit(): Promise<void>;
}

interface Fixtures {
  /** Further words for the sandbox's command line, as `--dialect pelican`; for `test.use`. */
  sandboxFlags: readonly string[];
  /** What Perch speaks instead of the desktop's language: `de`, `pseudo`; for `test.use`. */
  language: string | undefined;
  desktop: Desktop;
  /** A fresh world for each test, so that none finds what another one stopped. */
  sandbox: SandboxProcess;
  /** Starts the application; a second call in the same test starts it again on the same data. */
  launch: (flags?: readonly string[]) => Promise<Perch>;
}

export const test = base.extend<Fixtures>({
  sandboxFlags: [[], { option: true }],
  language: [undefined, { option: true }],

  sandbox: async ({ sandboxFlags }, use) => {
    const sandbox = await startSandbox(sandboxFlags);
    await use(sandbox);
    await sandbox.stop();
  },

  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern
  desktop: async ({}, use) => {
    const desktop = await startDesktop();
    await use(desktop);
    await desktop.stop();
  },

  launch: async ({ desktop, language }, use) => {
    const running: Perch[] = [];
    await use(async (flags = []) => {
      const perch = await launchPerch(desktop, flags, language);
      running.push(perch);
      return perch;
    });
    for (const perch of running) await perch.quit();
  },
});

export { expect } from '@playwright/test';

/** `dataFolder` = '' leaves it to Perch where it keeps its data. */
export async function launchPerch(
  desktop: Desktop,
  flags: readonly string[] = [],
  language?: string,
  dataFolder = join(desktop.folder, 'perch'),
): Promise<Perch> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...asRoot, root, ...flags],
    env: {
      ...desktop.env,
      PERCH_DATA: dataFolder,
      PERCH_NODE: process.execPath,
      ...(language === undefined ? {} : { PERCH_LANGUAGE: language }),
    },
  });
  let gone = false;
  app.on('close', () => (gone = true));
  return {
    app,
    dataFolder,
    async window(page) {
      const shows = (window: Page): boolean => new URL(window.url()).pathname === `/${page}.html`;
      for (const deadline = Date.now() + 15_000; Date.now() < deadline;) {
        const found = app.windows().find(shows);
        if (found !== undefined) {
          // The first window is there before the rest of Perch, which answers nobody until it is read.
          await found.locator('#app > *').first().waitFor({ state: 'attached', timeout: 15_000 });
          return found;
        }
        await new Promise((next) => setTimeout(next, 50));
      }
      throw new Error(`The ${page} window did not open within 15 s.`);
    },
    async quit() {
      if (gone) return;
      await app.close();
    },
  };
}

/** Gives the main window another size, and waits until its page has it. */
export async function resizeMain({ app, window }: Perch, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      const main = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().includes('main.html'),
      );
      main?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  // Window managers may round.
  const page = await window('main');
  await page.waitForFunction((wanted) => Math.abs(innerWidth - wanted) <= 2, width);
}

/** Main does what has power only behind a press: what a test asks main for in a page's name follows one as well. */
export function press(page: Page): Promise<void> {
  return page.keyboard.press('Shift');
}

/** Asks main for something in the page's name, as after a press. */
export async function callPressed(page: Page, name: CallName, input: unknown): Promise<void> {
  await press(page);
  await page.evaluate(([call, given]) => window.perch.call(call, given), [name, input] as const);
}

/** The runtime that set-up chose. */
export function electronPath(): string {
  const file = readFileSync(join(root, '.cache/electron-runtime.json'), 'utf8');
  return (JSON.parse(file) as { executable: string }).executable;
}

/** The key of an account as it lies in the keyring of the session; null where there is none. */
export async function keptKey(desktop: Desktop, accountId: string): Promise<string | null> {
  const text = await desktop.lookupSecret('perch', accountId);
  return text === null ? null : (JSON.parse(text) as { secret: string }).secret;
}

/** Tries `read` until it gives something other than undefined; for what has to happen within a promised time. */
export async function within<T>(ms: number, what: string, read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${ms} ms: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** Resolves once the process of a server has come up, as the sandbox itself sees it. */
export const isRunning = (sandbox: SandboxProcess, server: string): Promise<unknown> =>
  within(30_000, `${server} runs`, async () => {
    const { result } = (await sandbox.control({ do: 'look', server })) as { result: { state: string } };
    return result.state === 'running' || undefined;
  });
