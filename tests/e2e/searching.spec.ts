/** Search in four places: each finds a server by other facts than its name. */
import type { Page } from '@playwright/test';
import { MainWindow, Onboarding, popoverRow } from './pages.js';
import { expect, test } from './perch.js';

test('palette, filter, sidebar and popover find a server by the same words', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const filter = page.getByTestId('fleet-filter');
  const sidebar = page.getByTestId('sidebar-server');
  const palette = page.getByTestId('palette');
  const nameOf = async (row: ReturnType<Page['locator']>) =>
    (await row.locator('bdi').first().textContent()) ?? '';

  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 30_000 });
  await expect(main.fleetRow('Creative')).toContainText('offline');
  const address = (await main.fleetRow('Lobby').locator('.address').textContent())?.trim() ?? '';
  const id = (await main.fleetRow('Lobby').getAttribute('data-key'))?.split('/')[1] ?? '';
  expect(address).toMatch(/:\d+$/);

  const link = `${sandbox.panel}/server/${id.slice(0, 8)}/files`;
  const searches = [address, `running ${address}`, link, 'lobby running', 'lobyb', 'players>=0 lobby'];
  for (const search of searches) {
    await test.step(`"${search}" in the main window`, async () => {
      await filter.fill(search);
      await expect(page.getByTestId('fleet-row')).toHaveCount(1);
      await expect.poll(() => nameOf(page.getByTestId('fleet-row'))).toBe('Lobby');
      await filter.fill('');
      const field = page.getByRole('searchbox', { name: 'Search servers', exact: true });
      await field.fill(search);
      await expect(sidebar).toHaveCount(1);
      await expect.poll(() => nameOf(sidebar)).toBe('Lobby');
      await field.fill('');
      await page.keyboard.press('Control+k');
      await palette.getByRole('combobox').fill(search);
      await expect(palette.getByRole('option')).toHaveCount(1);
      await expect.poll(() => nameOf(palette.getByRole('option').first())).toBe('Lobby');
      await page.keyboard.press('Escape');
      await expect(palette).toBeHidden();
    });
  }

  await test.step('a verb and an address in the palette', async () => {
    await page.keyboard.press('Control+k');
    await palette.getByRole('combobox').fill(`restart ${address}`);
    await expect.poll(() => nameOf(palette.getByRole('option').first())).toBe('Restart Lobby');
    await page.keyboard.press('Escape');
  });

  await test.step('the popover, and a server that stops is no longer found as running', async () => {
    await filter.fill('lobby running');
    await expect(page.getByTestId('fleet-row')).toHaveCount(1);
    await desktop.activateTray();
    const popover = await perch.window('popover');
    const row = popover.getByTestId('server-row');
    await expect(popoverRow(popover, 'Lobby')).toBeVisible();
    await popover.keyboard.press('/');
    for (const search of searches) {
      await popover.getByRole('searchbox').fill(search);
      await expect(row, search).toHaveCount(1);
      await expect(row).toContainText('Lobby');
    }
    await popover.getByRole('searchbox').fill(address);
    await row.hover();
    await row.getByRole('button', { name: /^Stop/ }).click();
    await expect(page.getByTestId('fleet-empty')).toBeVisible({ timeout: 20_000 });
    await filter.fill('lobby offline');
    await expect(page.getByTestId('fleet-row')).toHaveCount(1, { timeout: 20_000 });
  });
});
