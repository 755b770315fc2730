import { seriousProblems } from './axe.js';
import { crashForGood } from './other-person.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test, within } from './perch.js';

test('an event is shown once, logged and found again', async ({ desktop, sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const notificationTitles = async (): Promise<string[]> =>
    (await desktop.notifications()).map(({ summary }) => summary);

  await test.step('a crash, and that it stays down after the second', async () => {
    await main.openServer('Survival');
    await expect(page.getByTestId('command-input')).toBeEnabled();
    await main.sendCommand('crash');
    await within(
      40_000,
      'the crash is told',
      async () => (await notificationTitles()).includes('Survival crashed') || undefined,
    );
    await crashForGood(sandbox, 'Survival');
    await within(
      40_000,
      'that it stays down is told',
      async () => (await notificationTitles()).includes('Survival crashed and stays down') || undefined,
    );
    expect(await notificationTitles()).toEqual(['Survival crashed', 'Survival crashed and stays down']);
  });

  await test.step('both are on the page of events, and marked as new until then', async () => {
    const entry = page.getByRole('button', { name: /Events/ });
    await expect(entry).toContainText('2');
    await entry.click();
    const rows = page.getByTestId('events-view').locator('[data-event]');
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('Survival crashed and stays down');
    await expect(rows.first()).toContainText('No automatic restart follows.');
    await expect(rows.nth(1)).toContainText('The server is running again.');
    await expect(entry).not.toContainText('2');
    expect(await seriousProblems(page)).toEqual([]);
  });

  await test.step('they stay marked until the person has seen them, and are narrowed down by day', async () => {
    const rows = page.getByTestId('events-view').locator('[data-event]');
    await expect(rows.first()).toContainText('New');
    await page.getByTestId('events-mark-seen').click();
    await expect(rows.first()).not.toContainText('New');
    await page.getByTestId('events-span').click();
    await page.getByRole('option', { name: 'Yesterday' }).click();
    await expect(page.getByTestId('events-view')).toContainText('No matching events');
  });

  await test.step('in a small window one button has the filters, also by keyboard', async () => {
    await resizeMain(perch, 720, 440);
    const view = page.getByTestId('events-view');
    const filters = page.getByTestId('events-filters');
    await expect(filters).toHaveText('1 filter');
    const { height } = (await view.locator('header').boundingBox()) ?? { height: Infinity };
    expect(height, 'the room that the list loses').toBeLessThanOrEqual(100);
    await filters.press('Enter');
    await expect(page.getByTestId('events-group')).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByTestId('events-span')).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('events-span')).toHaveAttribute('data-value', 'always');
    await page.keyboard.press('Escape');
    await expect(filters).toBeFocused();
    await expect(filters).toHaveText('Filters');
    await expect(view.locator('[data-event]')).toHaveCount(2);
    await resizeMain(perch, 1280, 800);
    await expect(filters).toBeHidden();
  });

  await test.step('lists say how often it crashed today, and its tab for how much of the day it ran', async () => {
    await main.openServer('Survival');
    await expect(page.getByTestId('crashes-today').first()).toHaveText('Crashed 2 times today');
    await page.getByRole('tab', { name: 'Events' }).click();
    const uptime = page.getByTestId('uptime');
    await expect(uptime).toContainText(/Observed for .* so far\./);
    await expect(uptime.getByTestId('state-strip')).toHaveAttribute(
      'aria-label',
      /^Last 24 hours: running .*crashed/,
    );
    expect(await seriousProblems(page)).toEqual([]);
  });

  await test.step('a stop that the person types in the console is their own', async () => {
    await main.openServer('Skyblock');
    await expect(page.getByTestId('command-input')).toBeEnabled();
    await main.sendCommand('stop');
    await expect(main.state).toContainText('offline', { timeout: 30_000 });
    await page.getByRole('tab', { name: 'Events' }).click();
    await expect(page.locator('[data-event]').first()).toContainText(/Stopped|was stopped/);
    await expect(page.locator('[data-event]').first()).toContainText('By you, in Perch.');
    expect(await notificationTitles()).not.toContain('Skyblock was stopped');
  });
});
