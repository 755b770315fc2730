/** A crash outlives Perch: a server that crashed and stays down is still crashed after the next start. */
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';

test('a server that crashed and stays down needs attention after a restart of Perch, and is not told again', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 20_000 });
  await main.openServer('Skyblock');
  await main.sendCommand('crash');
  await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('crashed state');
  // Its node starts it again once, and not after the second crash.
  await expect(main.state).toHaveText('running', { timeout: 30_000 });
  await main.sendCommand('crash');
  await expect(main.state).toContainText('crashed', { timeout: 30_000 });
  await perch.quit();
  const told = (await desktop.notifications()).length;

  const next = await (await launch()).window('main');
  const row = new MainWindow(next).fleetRow('Skyblock');
  await next.getByRole('button', { name: /^Needs attention/ }).click();
  await expect(row).toContainText('crashed', { timeout: 20_000 });
  await expect(row.locator('.state > [data-mark]')).toHaveAttribute('data-mark', 'crashed');
  await next.getByRole('button', { name: /^Events/ }).click();
  await expect(next.locator('[data-event="crashed"]').first()).toContainText('Skyblock');
  expect((await desktop.notifications()).length).toBe(told);
});
