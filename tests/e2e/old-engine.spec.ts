/** `npm start` on the substitute Electron: the window warns before somebody enters a key of a real panel. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import { seriousProblems } from './axe.js';
import { expect, test, within } from './perch.js';

/** Time for the transitions of a theme and a size, in ms. */
const restMs = 160;
const root = resolve(import.meta.dirname, '../..');

test('npm start warns of the substitute Electron, and of no other', async ({ desktop }) => {
  const runtime = JSON.parse(readFileSync(join(root, '.cache/electron-runtime.json'), 'utf8')) as {
    source: string;
    version: string;
  };
  const perch = spawn(process.execPath, ['build/start.mjs', '--remote-debugging-port=0'], {
    cwd: root,
    env: { ...desktop.env, PERCH_DATA: join(desktop.folder, 'perch') },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const ended = once(perch, 'exit');
  try {
    const address = await within(60_000, 'the address of the developer tools', async () => {
      for await (const line of createInterface(perch.stderr)) {
        const [, found] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
        if (found !== undefined) return found;
      }
      return undefined;
    });
    const browser = await chromium.connectOverCDP(address);
    const page = await within(40_000, 'the main window', async () => {
      const pages: Page[] = browser.contexts().flatMap((context) => context.pages());
      return pages.find((each) => each.url().includes('main.html'));
    });
    await expect(page.getByLabel('API key', { exact: true })).toBeVisible();
    const notice = page.getByTestId('notice');
    if (runtime.source === 'substitute') {
      await expect(notice).toContainText(`Electron ${runtime.version}`);
      await expect(notice).toContainText('Do not enter real keys.');
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        for (const [width, height] of [
          [1280, 800],
          [720, 440],
        ] as const) {
          await page.setViewportSize({ width, height });
          await page.waitForTimeout(restMs);
          await page.screenshot({ path: join(root, `out/screens/old-engine-${theme}-${width}.png`) });
        }
        expect(await seriousProblems(page), theme).toEqual([]);
      }
      await notice.getByRole('button', { name: 'Dismiss' }).click();
    }
    await expect(notice).toHaveCount(0);
    await browser.close();
  } finally {
    perch.kill('SIGTERM');
    await ended;
  }
});
