/** Servers that are down when Perch starts: a crash in the previous run, and a crash while Perch was not running. */
import { isDeepStrictEqual } from 'node:util';
import type { Locator } from '@playwright/test';
import { crashForGood } from './other-person.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test, within } from './perch.js';
import { Pictures } from './pictures.js';

const markOf = (main: MainWindow, name: string): Locator =>
  main.fleetRow(name).locator('[data-mark][aria-hidden]');

test('a server that crashed before Perch quit is shown as crashed after the next start', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const first = await perch.window('main');
  const main = new MainWindow(first);
  await new Onboarding(first).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 20_000 });
  const calm = await desktop.waitForTray();

  await crashForGood(sandbox, 'Survival');
  await expect(markOf(main, 'Survival')).toHaveAttribute('data-mark', 'crashed', { timeout: 20_000 });
  const titles = async (): Promise<string[]> => (await desktop.notifications()).map(({ summary }) => summary);
  await expect.poll(titles, { timeout: 20_000 }).toContain('Survival crashed and stays down');
  const shownTitles = await titles();
  const icon = async () => (await desktop.trayItems())[0]?.pixmaps;
  await expect.poll(() => desktop.tooltip()).toContain('1 crashed');
  // The icon follows the tooltip within a second or so, and shows the restart between the crashes before.
  const alarmed = await within(30_000, 'an icon that rests', async () => {
    const before = await icon();
    await first.waitForTimeout(2500);
    const now = await icon();
    return isDeepStrictEqual(now, before) && !isDeepStrictEqual(now, calm.pixmaps) ? now : undefined;
  });
  await perch.quit();
  await crashForGood(sandbox, 'Skyblock');

  const again = await launch();
  const page = await again.window('main');
  const next = new MainWindow(page);
  const pictures = new Pictures(again, page);

  await test.step('its row says so, and the server that went down meanwhile is offline', async () => {
    await expect(markOf(next, 'Survival')).toHaveAttribute('data-mark', 'crashed', { timeout: 20_000 });
    await expect(markOf(next, 'Skyblock')).toHaveAttribute('data-mark', 'offline', { timeout: 20_000 });
  });

  await test.step('the tray icon is that of a crash, tooltip and menu name the server', async () => {
    await expect.poll(icon).toEqual(alarmed);
    await expect.poll(() => desktop.tooltip()).toContain('1 crashed');
    const labels = async (): Promise<string[]> => (await desktop.trayMenu()).map(({ label }) => label);
    await expect.poll(labels).toContainEqual(expect.stringMatching(/Survival — crashed/));
  });

  await test.step('both need attention, each with the reason', async () => {
    await page.getByRole('button', { name: /^Needs attention/ }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Needs attention');
    await expect(next.fleetRow('Survival')).toContainText('Its process ended with exit code 1.');
    await expect(next.fleetRow('Skyblock')).toContainText('Went offline while Perch could not see it');
    await pictures.take('past-crashes-attention');
  });

  await test.step('the log has both as ongoing, the crash once, and no second notification', async () => {
    await page.getByRole('button', { name: /Events/ }).click();
    const rows = page.getByTestId('events-view').locator('[data-event]');
    const crashed = rows.and(page.locator('[data-event="crashed"]'));
    await expect(crashed.filter({ hasText: 'ongoing' })).toHaveCount(1);
    await expect(crashed.filter({ hasText: 'ongoing' })).toContainText('Survival crashed and stays down');
    const gone = rows.and(page.locator('[data-event="went-offline"]'));
    await expect(gone).toHaveCount(1);
    await expect(gone).toContainText('Skyblock');
    await expect(gone).toContainText('ongoing');
    await pictures.take('past-crashes-events');
    await expect.poll(titles).toEqual([...shownTitles, 'Skyblock went offline']);
  });

  await test.step('once the server runs again, no mark of the crash is left', async () => {
    await next.openServer('Survival');
    await page.getByTestId('power-start').click();
    await expect(next.state).toHaveText('running', { timeout: 30_000 });
    await expect.poll(() => desktop.tooltip()).not.toContain('crashed');
    await page.getByRole('button', { name: /Events/ }).click();
    await expect(page.getByTestId('events-view').getByText('ongoing')).toHaveCount(1);
  });
});
