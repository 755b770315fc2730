/** Failures inside Perch: logged, other parts keep working, and a dead window is replaced. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test, within, type Perch } from './perch.js';

const key = `ptlc_${'k'.repeat(43)}`;

function logOf({ dataFolder }: Perch): string {
  return readFileSync(join(dataFolder, 'logs', 'perch.log'), 'utf8');
}

async function logged(perch: Perch, pattern: RegExp): Promise<string> {
  return within(30_000, `${String(pattern)} in the log`, () =>
    Promise.resolve(
      logOf(perch)
        .split('\n')
        .find((line) => pattern.test(line)),
    ),
  );
}

/** Throws an uncaught error. */
async function throwIn(page: Page, message: string): Promise<void> {
  await page.evaluate((text) => {
    setTimeout(() => {
      throw new Error(text);
    });
  }, message);
}

test('a failure in a window is logged and shown, the rest continues, and a dead window is replaced', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });

  await test.step('an error that nobody caught is in the log, without secrets', async () => {
    await throwIn(page, `first with ${key}`);
    const line = await logged(perch, /window\.failed.*first with/);
    expect(line).toContain('"error"');
    expect(line).toContain('view="fleet"');
    expect(line).toMatch(/stack="Error: first/);
    expect(logOf(perch)).not.toContain(key);
  });

  await test.step('so is a rejection', async () => {
    await page.evaluate(() => void Promise.reject(new TypeError('second')));
    expect(await logged(perch, /window\.failed.*second/)).toContain('kind="rejection"');
  });

  await test.step('a flood of them does not fill the log', async () => {
    for (let n = 0; n < 30; n++) await throwIn(page, `flood ${n}`);
    await page.waitForTimeout(500);
    expect(logOf(perch).match(/window\.failed/g)?.length).toBeLessThanOrEqual(6);
  });

  await test.step('a view that fails says so in its place, and can be loaded again', async () => {
    await page.evaluate(() => {
      const prototype = HTMLCanvasElement.prototype as { getContext: unknown };
      const { getContext } = prototype;
      Object.assign(window, { mend: () => (prototype.getContext = getContext) });
      prototype.getContext = () => {
        throw new Error('no canvas today');
      };
    });
    await main.openServer('Survival');
    const failed = page.getByTestId('failed-view');
    await expect(failed).toContainText('no canvas today');
    await main.sendCommand('say still here');
    await expect.poll(() => main.consoleText()).toContain('still here');
    await page.evaluate(() => (window as unknown as { mend: () => void }).mend());
    await failed.getByRole('button', { name: 'Load this view again' }).click();
    await expect(failed).toHaveCount(0);
    await expect(page.getByTestId('chart-cpu')).toBeVisible();
  });

  /** Names of the shown servers, read by main: Playwright treats a crashed page as crashed forever. */
  const shown = (): Promise<string> =>
    perch.app.evaluate(({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find(({ webContents }) =>
        webContents.getURL().includes('main.html'),
      );
      if (window === undefined || window.webContents.isCrashed()) return '';
      // A page that closes before its answer never answers.
      const late = new Promise<string>((resolve) => setTimeout(() => resolve(''), 1000));
      const text = window.webContents.executeJavaScript('document.body.innerText') as Promise<string>;
      return Promise.race([text, late]);
    });

  await test.step('a window whose process dies', async () => {
    await perch.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.forcefullyCrashRenderer();
    });
    await logged(perch, /window\.crashed/);
    await expect.poll(shown, { timeout: 40_000 }).toContain('Survival');
  });

  await test.step('and a hanging window', async () => {
    await perch.app.evaluate(({ BrowserWindow }) => {
      for (const { webContents } of BrowserWindow.getAllWindows()) {
        void webContents.executeJavaScript('setTimeout(() => { for (;;); })');
        // Chromium emits this event half a minute after the next key or click; the test emits it directly.
        setTimeout(() => webContents.emit('unresponsive'), 1000);
      }
    });
    await within(30_000, 'the end of the hanging page', () =>
      Promise.resolve(/window\.hangs/.test(logOf(perch)) || undefined),
    );
    await expect.poll(shown, { timeout: 40_000 }).toContain('Survival');
  });
});
