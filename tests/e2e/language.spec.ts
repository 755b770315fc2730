import { choose, MainWindow, Onboarding } from './pages.js';
import { expect, test, within } from './perch.js';

test('a chosen language shows at once in the tray and in the window, problems included', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const page = await (await launch()).window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const menuWith = (...texts: string[]): Promise<true> =>
    within(150_000, `a menu with ${texts.join(', ')}`, async () => {
      const labels = (await desktop.trayMenu()).map(({ label }) => label).join('\n');
      return texts.every((text) => labels.includes(text)) ? true : undefined;
    });

  await sandbox.stop();
  await menuWith('Perch could not connect to', 'Quit Perch');

  await page.getByRole('button', { name: 'Settings' }).click();
  await choose(page.getByTestId('language'), 'de');
  await expect(page.getByText('Sprache', { exact: true })).toBeVisible();
  await expect(page.getByText('Perch konnte keine Verbindung zu').first()).toBeVisible();
  await menuWith('Perch konnte keine Verbindung zu', 'Perch beenden');
});
