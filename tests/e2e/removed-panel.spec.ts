/** Removing a panel revokes the programs' access to its servers. */
import { aProgram } from './a-program.js';
import { MainWindow, Onboarding } from './pages.js';
import { callPressed, expect, test } from './perch.js';

test('the permissions of a program end with the panel', async ({ desktop, sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const { panel, keys } = sandbox;
  const row = new MainWindow(page).fleetRow('Survival');
  const allowances = page.getByTestId('allowance');
  const settings = page.getByRole('button', { name: 'Settings' });
  await new Onboarding(page).connect(panel, keys.owner);
  await expect(row).toContainText('running', { timeout: 20_000 });
  const accountId = (await row.getAttribute('data-server'))?.split('/')[0];

  const program = await aProgram(desktop.env, perch.dataFolder, 'Robot');
  const answer = program.call('send', { server: 'Survival', command: 'say hello' });
  const hour = page.getByTestId('consent-question').getByRole('button', { name: 'Allow for an hour' });
  await expect(hour).not.toHaveAttribute('aria-disabled');
  await hour.click();
  expect(await answer).toMatchObject({ isError: false });
  await settings.click();
  await expect(allowances).toHaveCount(1);

  await callPressed(page, 'accounts.remove', { accountId });
  await expect(page.getByTestId('account')).toHaveCount(0);
  await expect(allowances).toHaveCount(0);
  await program.client.close();
});
