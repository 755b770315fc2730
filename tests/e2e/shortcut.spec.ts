/** Global shortcut: recorded in the settings, pressed outside Perch, and taken by another program. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { closeMain, connected, mainWindow } from './closing.js';
import { electronPath, expect, test, type Perch } from './perch.js';

function popoverIsShown({ app }: Perch): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().some(
      (one) => one.webContents.getURL().includes('popover.html') && one.isVisible(),
    ),
  );
}

/** Whether no other program has the keys of the test. */
function keysAreFree({ app }: Perch): Promise<boolean> {
  return app.evaluate(({ globalShortcut }) => {
    const isFree = globalShortcut.register('Ctrl+Alt+O', () => undefined);
    if (isFree) globalShortcut.unregister('Ctrl+Alt+O');
    return isFree;
  });
}

const press = (desktop: Desktop, keys: string): Promise<unknown> => desktop.run('xdotool', ['key', keys]);

test('recorded keys open the popover or the palette from anywhere', async ({ desktop, sandbox, launch }) => {
  const perch = await launch();
  const { page } = await connected(perch, sandbox);
  await page.getByRole('button', { name: 'Settings' }).click();
  const shortcut = page.getByTestId('shortcut');
  const keys = page.getByTestId('shortcut-keys');

  await test.step('off until it is set; keys that belong to whoever types are refused', async () => {
    await press(desktop, 'ctrl+alt+p');
    expect(await popoverIsShown(perch)).toBe(false);
    await keys.click();
    await page.keyboard.press('Shift+KeyP');
    await expect(shortcut).toContainText('Hold Ctrl, Alt or the system key');
    await page.keyboard.press('Escape');
    await expect(keys).toHaveText('Set shortcut');
  });

  await test.step('the popover comes and goes', async () => {
    await keys.click();
    await page.keyboard.press('Control+Alt+KeyP');
    await expect(keys).toHaveText('Ctrl + Alt + P');
    // The desktop registers the keys shortly after the window shows them.
    await expect(async () => {
      await press(desktop, 'ctrl+alt+p');
      await expect.poll(() => popoverIsShown(perch), { timeout: 15_000 }).toBe(true);
    }).toPass({ timeout: 60_000 });
    await press(desktop, 'ctrl+alt+p');
    await expect.poll(() => popoverIsShown(perch)).toBe(false);
  });

  await test.step('the palette, in a window that was closed', async () => {
    await shortcut.getByRole('radio', { name: 'Search' }).check({ force: true });
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
    await press(desktop, 'ctrl+alt+p');
    const again = await perch.window('main');
    await expect(again.getByRole('dialog').getByRole('combobox')).toBeFocused();
  });
});

test('keys of another program are reported as taken, and work as soon as they are free', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const { page } = await connected(perch, sandbox);
  const folder = join(desktop.folder, 'other');
  mkdirSync(folder);
  const shortcut = { keys: 'Ctrl+Alt+O', opens: 'palette' };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 2, settings: { shortcut } }));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const other = spawn(electronPath(), [...asRoot, resolve(import.meta.dirname, '../..')], {
    env: { ...desktop.env, PERCH_DATA: folder },
    stdio: 'ignore',
  });
  try {
    // The other Perch takes the keys some time after its tray icon is there. Until then they must stay free.
    await expect.poll(() => keysAreFree(perch), { timeout: 60_000, intervals: [1000] }).toBe(false);
    await page.getByRole('button', { name: 'Settings' }).click();
    const words = page.getByTestId('shortcut');
    const taken = words.getByText('Another program uses these keys.');
    await expect(async () => {
      await page.getByTestId('shortcut-keys').click();
      await page.keyboard.press('Control+Alt+KeyO');
      await expect(taken).toBeVisible({ timeout: 5000 });
    }).toPass({ timeout: 60_000 });
    other.kill('SIGTERM');
    await expect(taken).toHaveCount(0, { timeout: 60_000 });
    await press(desktop, 'ctrl+alt+o');
    await expect.poll(() => popoverIsShown(perch)).toBe(true);
  } finally {
    other.kill('SIGKILL');
  }
});
