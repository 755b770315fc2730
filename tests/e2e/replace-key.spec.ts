/** A revoked key is replaced in place; all other data of the panel stays. */
import { MainWindow, Onboarding } from './pages.js';
import { expect, keptKey, test } from './perch.js';
import { Pictures } from './pictures.js';

test('a revoked key is replaced from its notice, and pins and name stay', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const dialog = page.getByTestId('replace-key');
  const field = dialog.getByLabel('API key', { exact: true });
  const go = page.getByTestId('replace-key-go');
  const addKey = async (user: string): Promise<string> => {
    const { result } = (await sandbox.control({ do: 'add-key', user })) as { result: unknown };
    return String(result);
  };
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const serverId = (await main.fleetRow('Survival').getAttribute('data-server')) ?? '';
  const [accountId = ''] = serverId.split('/');
  await page.evaluate((id) => window.perch.call('settings.update', { pins: [id] }), serverId);

  await test.step('a refused key leads to the question, which takes nothing but a key that works', async () => {
    await sandbox.control({ do: 'revoke-keys', user: 'owner' });
    await page.evaluate((id) => window.perch.call('accounts.retry', { accountId: id }), accountId);
    await main.accountProblem.getByRole('button', { name: 'Enter the key again' }).click();
    await expect(field).toBeFocused();
    await field.fill('ptlc_wrong');
    await go.click();
    await expect(dialog).toContainText('does not accept the key', { timeout: 20_000 });
    await expect(field).toHaveValue('ptlc_wrong');
    await field.fill('');
    await go.click();
    await expect(dialog.locator('.text-error')).toBeVisible();
    expect(await keptKey(desktop, accountId)).toBe(sandbox.keys.owner);
    const pictures = new Pictures(perch, page);
    await field.fill(await addKey('subuser'));
    await go.click();
    await expect(go).toContainText('Use the key of', { timeout: 20_000 });
    await pictures.take('replace-key-other');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('from the row in the settings, the new key replaces the old', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page
      .getByTestId('account')
      .getByRole('button', { name: /^Replace the key of/ })
      .click();
    await expect(field).toHaveValue('');
    const key = await addKey('owner');
    await field.fill(key);
    await page.keyboard.press('Enter');
    await expect(dialog).toHaveCount(0, { timeout: 20_000 });
    await expect(main.accountNotice).toHaveCount(0);
    expect(await keptKey(desktop, accountId)).toBe(key);
  });

  await test.step('its servers are live again, and still pinned', async () => {
    await page.getByRole('button', { name: 'All servers' }).click();
    await expect(page.getByTestId('fleet-row').first()).toHaveAttribute('data-server', serverId);
    await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
    await main.openServer('Survival');
    await main.sendCommand('say with the new key');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('with the new key');
  });
});
