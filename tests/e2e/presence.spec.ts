/** Perch in the tray without an open window, and its exit when the desktop session ends. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDesktop } from '../support/desktop/desktop.mjs';
import { closeMain, connected, mainWindow, reopenMain } from './closing.js';
import { expect, launchPerch, test } from './perch.js';

test('Perch stays in the tray after its first close, and writes its data when the session ends', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  await connected(perch, sandbox);

  await test.step('the popover has no entry in taskbars', async () => {
    await desktop.activateTray();
    await perch.window('popover');
    const type = async (): Promise<string[]> => {
      const { output } = await desktop.run('xdotool', [
        'search',
        '--onlyvisible',
        '--pid',
        String(perch.app.process().pid),
        '.',
      ]);
      const ids = output.split('\n').filter((id) => id !== '');
      const types = ids.map((id) => desktop.run('xprop', ['-id', id, '_NET_WM_WINDOW_TYPE']));
      return (await Promise.all(types)).map((each) => each.output);
    };
    await expect
      .poll(async () => (await type()).filter((each) => each.includes('_TYPE_TOOLBAR')).length)
      .toBe(1);
  });

  await test.step('the first close says that Perch still runs, the second does not', async () => {
    const notificationTitles = async (): Promise<string[]> =>
      (await desktop.notifications()).map(({ summary }) => summary);
    await closeMain(perch);
    await expect.poll(notificationTitles).toEqual(['Perch is still running']);
    await desktop.pressNotification();
    await expect.poll(() => mainWindow(perch)).toBe('shown');
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
    await reopenMain(perch, desktop);
    expect(await notificationTitles()).toHaveLength(1);
  });

  await test.step('at the end of the session unwritten data is written, and Perch exits with 0', async () => {
    const page = await perch.window('main');
    const child = perch.app.process();
    const ended = new Promise<number | null>((done) => child.once('exit', done));
    // Both changes still wait for their delayed write.
    await page.evaluate(() => window.perch.call('window.setView', { view: { kind: 'settings' } }));
    await page.evaluate(() => window.perch.call('settings.update', { theme: 'dark' }));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    const kept = (name: string): string => readFileSync(join(perch.dataFolder, name), 'utf8');
    expect(JSON.parse(kept('window.json'))).toMatchObject({ view: { kind: 'settings' } });
    expect(JSON.parse(kept('settings.json'))).toMatchObject({ settings: { theme: 'dark' } });
    expect(JSON.parse(kept('last-known.json'))).toMatchObject({ servers: expect.arrayContaining([]) });
  });
});

test('a missing tray is reported once, and a later tray is used', async ({ sandbox }) => {
  const desktop = await startDesktop({ tray: false });
  try {
    const perch = await launchPerch(desktop);
    const { page } = await connected(perch, sandbox);
    const notice = page.getByTestId('notice').filter({ hasText: 'has no tray' });
    await expect(notice).toBeVisible({ timeout: 40_000 });
    await desktop.startTrayHost();
    await desktop.waitForTray();
    await expect(notice).toHaveCount(0);
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
    await reopenMain(perch, desktop);
    await perch.quit();
  } finally {
    await desktop.stop();
  }
});
