/** The real application in its own desktop session, connected to a real sandbox. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test as base, _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { CallName } from '../../bridge/schema/contract.js';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { SharedDesktop } from '../support/desktop/shared-desktop.mjs';
import { startSandbox, type SandboxProcess } from '../support/sandbox-process.js';

const root = resolve(import.meta.dirname, '../..');

/** The virtual screen has no graphics card: Chromium would try two GPU processes before it draws by the processor. */
const drawnByProcessor = ['--disable-gpu', '--disable-software-rasterizer'];

export interface Perch {
  readonly app: ElectronApplication;
  readonly dataFolder: string;
  /** Window that shows `page`; waits for it. */
  window(page: 'main' | 'popover'): Promise<Page>;
  /** Quits the application as "Quit" does and waits for its end. */
  quit(): Promise<void>;
}

interface Fixtures {
  /** Additional arguments for the sandbox, such as `--dialect pelican`; for `test.use`. */
  sandboxFlags: readonly string[];
  /** Language that replaces the desktop's: `de`, `pseudo`; for `test.use`. */
  language: string | undefined;
  /** An empty desktop session. */
  desktop: Desktop;
  /** A fresh sandbox for each test, so that tests do not affect each other. */
  sandbox: SandboxProcess;
  /** Starts the application; a second call in the same test restarts it on the same data. */
  launch: (flags?: readonly string[]) => Promise<Perch>;
}

interface WorkerFixtures {
  sharedDesktop: SharedDesktop;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  sandboxFlags: [[], { option: true }],
  language: [undefined, { option: true }],

  sandbox: async ({ sandboxFlags }, use) => {
    const sandbox = await startSandbox(sandboxFlags);
    await use(sandbox);
    await sandbox.stop();
  },

  sharedDesktop: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern
    async ({}, use) => {
      const shared = new SharedDesktop();
      await use(shared);
      await shared.stop();
    },
    { scope: 'worker' },
  ],

  desktop: async ({ sharedDesktop }, use) => {
    await use(await sharedDesktop.take());
    await sharedDesktop.giveBack();
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

/** `dataFolder` = '' uses Perch's default data folder. */
export async function launchPerch(
  desktop: Desktop,
  flags: readonly string[] = [],
  language?: string,
  dataFolder = join(desktop.folder, 'perch'),
): Promise<Perch> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: electronPath(),
    args: [...asRoot, ...drawnByProcessor, root, ...flags],
    timeout: 60_000,
    env: {
      ...desktop.env,
      PERCH_DATA: dataFolder,
      PERCH_NODE: process.execPath,
      ...(language === undefined ? {} : { PERCH_LANGUAGE: language }),
    },
  });
  app.evaluate = askedAgain(app.evaluate.bind(app));
  let gone = false;
  app.on('close', () => (gone = true));
  return {
    app,
    dataFolder,
    async window(page) {
      const shows = (window: Page): boolean => new URL(window.url()).pathname === `/${page}.html`;
      for (const deadline = Date.now() + 40_000; Date.now() < deadline;) {
        const found = app.windows().find(shows);
        if (found !== undefined) {
          // The first window appears before Perch has loaded its modules and can answer.
          await found.locator('#app > *').first().waitFor({ state: 'attached', timeout: 40_000 });
          return found;
        }
        await new Promise((next) => setTimeout(next, 50));
      }
      throw new Error(`The ${page} window did not open within 40 s.`);
    },
    async quit() {
      if (gone) return;
      await app.close();
    },
  };
}

/**
 * Evaluates a second time if the debugger lost the first result: V8 may collect garbage between the end of a function
 * and the debugger's reading of its result. What tests evaluate in main may therefore run twice.
 */
function askedAgain(evaluate: ElectronApplication['evaluate']): ElectronApplication['evaluate'] {
  return (pageFunction: Parameters<typeof evaluate>[0], arg?: Parameters<typeof evaluate>[1]) =>
    evaluate(pageFunction, arg).catch((error: unknown) => {
      if (String(error).includes('garbage collected')) return evaluate(pageFunction, arg);
      throw error;
    });
}

/** Longest wait for the event `resize` in ms. A covered window draws nothing and has no event. */
const resizeMs = 10_000;

/** Resizes the main window and waits until its page has the size, and has handled the event, which closes menus. */
export async function resizeMain({ app, window }: Perch, width: number, height: number): Promise<void> {
  const page = await window('main');
  const wanted = { width, height, ms: resizeMs };
  // Window managers may round the size.
  const resize = await page.evaluateHandle((to) => {
    const fits = (): boolean =>
      Math.abs(innerWidth - to.width) <= 2 && Math.abs(innerHeight - to.height) <= 2;
    if (fits()) return { done: null };
    const done = new Promise<void>((resolve) => {
      addEventListener('resize', () => fits() && resolve());
      setTimeout(resolve, to.ms);
    });
    return { done };
  }, wanted);
  await app.evaluate(({ BrowserWindow }, size) => {
    const main = BrowserWindow.getAllWindows().find((each) =>
      each.webContents.getURL().includes('main.html'),
    );
    main?.setContentSize(size.width, size.height);
  }, wanted);
  await resize.evaluate(({ done }) => done);
  await page.waitForFunction((to) => Math.abs(innerWidth - to.width) <= 2, wanted);
  await page.evaluate(async () => {
    const frame = new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    await Promise.race([frame, new Promise((next) => setTimeout(next, 2000))]);
  });
}

/** Resolves when the page has drawn its next two frames. Chromium drops keys of main until the first one. */
export function drawn(page: Page): Promise<unknown> {
  return page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
}

/** Presses a key in the page: main allows powerful calls only after a press. */
export function press(page: Page): Promise<void> {
  return page.keyboard.press('Shift');
}

/** Makes a call in the page's name, right after a press. */
export async function callPressed(page: Page, name: CallName, input: unknown): Promise<void> {
  await press(page);
  await page.evaluate(([call, given]) => window.perch.call(call, given), [name, input] as const);
}

/** Path of the Electron that set-up chose. */
export function electronPath(): string {
  const file = readFileSync(join(root, '.cache/electron-runtime.json'), 'utf8');
  return (JSON.parse(file) as { executable: string }).executable;
}

/** Stored key of an account in the session's keyring; null = none. */
export async function keptKey(desktop: Desktop, accountId: string): Promise<string | null> {
  const text = await desktop.lookupSecret('perch', accountId);
  return text === null ? null : (JSON.parse(text) as { secret: string }).secret;
}

/** Polls `read` until it returns a value other than undefined, for at most `ms`. */
export async function within<T>(ms: number, what: string, read: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Not within ${ms} ms: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** The server's true state, read from the sandbox. */
export async function stateOf(sandbox: SandboxProcess, server: string): Promise<string> {
  return ((await sandbox.control({ do: 'look', server })) as { result: { state: string } }).result.state;
}

/** Resolves when the sandbox reports the server as running. */
export const isRunning = (sandbox: SandboxProcess, server: string): Promise<unknown> =>
  within(60_000, `${server} runs`, async () => (await stateOf(sandbox, server)) === 'running' || undefined);
