/** Last known state, shown before the panel answers and marked as old. */
import { MainWindow, Onboarding, popoverRow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('the last known state shows while the panel is down, and becomes live without a click', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const first = await perch.window('main');
  await new Onboarding(first).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(first).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await expect(new MainWindow(first).fleetRow('Survival')).toContainText('%', { timeout: 20_000 });
  await perch.quit();
  await sandbox.control({ do: 'proxy', answer: { status: 502 } });

  const again = await launch();
  const page = await again.window('main');
  const main = new MainWindow(page);
  const row = main.fleetRow('Survival');

  await test.step('rows are there, old and without a mark of now', async () => {
    await expect(row).toContainText(/running (just now|\d+ (s|min) ago)/);
    await expect(row.locator('[data-mark]')).toHaveAttribute('data-mark', 'unknown');
    const { host } = new URL(sandbox.panel);
    await expect(page.getByTestId('panel-down')).toContainText(new RegExp(`${host}.* Last updated`));
    await expect(row).toContainText('%');
    await expect(main.fleetRow('Event Arena')).toContainText(/suspended (just now|.* ago)/);
    await expect(main.accountProblem.getByRole('button', { name: 'Try again' })).toBeVisible();
    await expect(main.accountNotice).toHaveText('does not answer');
    await expect(page.getByText('have access to none')).toHaveCount(0);
    const pictures = new Pictures(again, page);
    await pictures.take('last-known');
    await main.openServer('Survival');
    await expect(main.state).toContainText(/running .* ago/);
    await expect(main.accountProblem).toHaveCount(1);
    await expect(main.accountNotice).toHaveText('does not answer');
    await pictures.take('last-known-server');
    await desktop.activateTray();
    const popover = await again.window('popover');
    await expect(popoverRow(popover, 'Survival')).toContainText(/running .* ago/);
    await pictures.takePopover(popover, 'last-known-popover');
  });

  await test.step('no news about the known state, and a tray that trusts no stored state', async () => {
    expect(await desktop.notifications()).toEqual([]);
    const labels = async (): Promise<string[]> => (await desktop.trayMenu()).map(({ label }) => label);
    await expect.poll(labels).toContainEqual(expect.stringContaining('Survival — unreachable'));
  });

  await test.step('the panel is back: all servers are live without a click', async () => {
    await sandbox.control({ do: 'proxy', answer: null });
    // The longer the panel was away, the longer are the pauses between Perch's attempts (RETRIES "Retry table").
    await expect(main.state).toHaveText('running', { timeout: 150_000 });
    await page.getByRole('button', { name: 'All servers' }).click();
    await expect(row.locator('[data-mark]')).toHaveAttribute('data-mark', 'running');
    await expect(row).not.toContainText('ago');
    await expect(main.accountNotice).toHaveCount(0);
    expect(await desktop.notifications()).toEqual([]);
  });
});
