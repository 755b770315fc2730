/** Tray and popover of a fleet larger than the screen. */
import { Onboarding } from './pages.js';
import { expect, test, within } from './perch.js';

test.use({ sandboxFlags: ['--servers', '1000'] });

test('menu and popover of a thousand servers hold the searched servers and a way to the rest', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const row = page.getByTestId('fleet-row').first();
  await expect(row).toBeVisible({ timeout: 60_000 });
  // A truncated name consists of two elements.
  const name = (await row.locator('.name').first().innerText()).replace(/\s+/g, ' ');
  // In the sidebar a panel with that many servers is collapsed.
  await row.locator('.name').first().click();
  await expect(page.getByRole('heading', { name })).toBeVisible();

  const menu = await within(60_000, 'the server that was opened', async () => {
    const found = await desktop.trayMenu();
    const labels = found.map(({ label }) => label);
    return labels.some((label) => label.includes(name)) && labels.includes('Recent') ? found : undefined;
  });
  const labels = menu.map(({ label }) => label);
  expect(labels.length).toBeLessThan(40);
  const find = labels.find((label) => label.startsWith('Find among 1,0'));
  expect(find).toBeDefined();
  await desktop.clickMenu([find ?? '']);
  await expect(page.getByTestId('palette')).toBeVisible();
  await page.keyboard.press('Escape');

  // Failed installations and an unreachable node need attention without a crash.
  const asksFor = /^\d+ servers need attention…$/;
  await expect(async () => {
    const [entry] = (await desktop.trayMenu()).filter(({ label }) => asksFor.test(label));
    if (entry === undefined) throw new Error('The menu has no such line.');
    await desktop.pressMenuEntry(entry);
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Needs attention');
  await expect(page.getByTestId('fleet-row').filter({ hasText: 'Archive 2022' })).toBeVisible();

  await desktop.activateTray();
  const popover = await perch.window('popover');
  await expect(popover.getByTestId('server-row').first()).toBeVisible();
  await expect(popover.locator('[data-server] .name').filter({ hasText: name })).toBeVisible();
  await expect(popover.getByRole('button', { name: /^Find among 1,0/ })).toBeVisible();
  expect(await popover.getByTestId('server-row').count()).toBeLessThan(200);
});
