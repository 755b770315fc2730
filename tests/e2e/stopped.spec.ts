/** A server stopped from its view: one press starts it again, and Kill is in the menu. */
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';

test('the view offers to start a stopped server again, and keeps Kill in a menu', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 30_000 });
  await main.openServer('Survival');
  await expect(page.getByTestId('power-kill')).toBeHidden();
  await server.kill();
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await server.power('stop').click();
  const toast = page.getByTestId('stopped-toast');
  await expect(toast).toContainText('Stopped “Survival”', { timeout: 30_000 });
  await toast.hover();
  await toast.getByRole('button', { name: 'Start again' }).click();
  await expect(toast).toBeHidden();
  await expect(main.state).toContainText('running', { timeout: 30_000 });
});
