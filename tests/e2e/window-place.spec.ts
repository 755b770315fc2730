/** The main window reopens in its last place, and never off screen. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeMain, connected, mainWindow, reopenMain } from './closing.js';
import { MainWindow } from './pages.js';
import { expect, test, type Perch } from './perch.js';

function placeOf({ app }: Perch) {
  return app.evaluate(({ BrowserWindow }) => {
    const main = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes('main.html'));
    return main?.getBounds();
  });
}

test('bounds and view return after closing and after a restart, on an existing screen', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const first = await launch();
  const main = await connected(first, sandbox);
  const place = { x: 140, y: 60, width: 1010, height: 690 };
  await main.openServer('Survival');
  await main.page.getByRole('tab', { name: 'Events' }).click();
  await first.app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    place,
  );
  await expect.poll(() => placeOf(first)).toEqual(place);

  await test.step('closed, and opened from the tray', async () => {
    await closeMain(first);
    await expect.poll(() => mainWindow(first)).toBeNull();
    const page = await reopenMain(first, desktop);
    await expect.poll(() => placeOf(first)).toEqual(place);
    await expect(page.getByRole('tab', { name: 'Events' })).toHaveAttribute('aria-selected', 'true');
  });

  await first.quit();
  await test.step('ended, and started again', async () => {
    const again = await launch();
    const page = await again.window('main');
    await expect(page.getByRole('heading', { name: 'Survival' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Events' })).toHaveAttribute('aria-selected', 'true');
    await expect.poll(() => placeOf(again)).toEqual(place);
    await again.quit();
  });

  await test.step('on a removed screen: entirely on the remaining screen; with a removed server: all servers', async () => {
    const file = join(first.dataFolder, 'window.json');
    const kept = JSON.parse(readFileSync(file, 'utf8')) as object;
    const view = { kind: 'server', serverId: 'gone/gone' };
    writeFileSync(file, JSON.stringify({ ...kept, view, bounds: { ...place, x: 5000, y: -900 } }));
    const again = await launch();
    await expect(new MainWindow(await again.window('main')).fleetRow('Survival')).toBeVisible({
      timeout: 20_000,
    });
    await expect.poll(() => placeOf(again)).toEqual({ ...place, x: 1280 - place.width, y: 0 });
  });
});
