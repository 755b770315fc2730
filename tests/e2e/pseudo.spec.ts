/** Views in the pseudo-language in the smallest window: every sentence comes from the message files and fits. */
import type { Page } from '@playwright/test';
import { expect, resizeMain, test } from './perch.js';
import { layoutFaults } from './pseudo-walk.js';

test.use({ language: 'pseudo' });

/** The console has a walk of its own. */
const apart = 'section.console';

async function expectNoLayoutFaults(page: Page, what: string): Promise<void> {
  const look = (): Promise<string[]> => layoutFaults(page, { within: 'main, dialog', apart });
  await expect.poll(look, { message: what }).toEqual([]);
}

test('onboarding, a server, the settings and dialogs fit in the pseudo-language', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click();
  await resizeMain(perch, 900, 600);

  await test.step('onboarding', async () => {
    await expect(page.getByTestId('connect')).toBeVisible();
    await expectNoLayoutFaults(page, 'onboarding');
    await perch.app.evaluate(({ clipboard }, text) => clipboard.writeText(text), sandbox.keys.owner);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    const key = page.locator('input[name=key]');
    await page.getByTestId('key-offer').click();
    await expect(key).not.toBeEditable();
    await expectNoLayoutFaults(page, 'onboarding with the key from the clipboard');
    await key.press('Delete');
    await expect(page.getByTestId('key-offer')).toBeVisible();
    await expectNoLayoutFaults(page, 'onboarding with a key in the clipboard');
    await page.locator('input[name=url]').fill('http://127.0.0.1:9');
    await key.fill('ptlc_wrong');
    await page.getByTestId('connect').click();
    await expect(page.getByTestId('connect-problem')).toBeVisible();
    await expectNoLayoutFaults(page, 'a panel that does not answer');
    await page.locator('input[name=url]').fill(sandbox.panel);
    await key.fill(sandbox.keys.owner);
    await page.getByTestId('connect').click();
  });

  await test.step('a console with its charts', async () => {
    await page.getByTestId('sidebar-server').filter({ hasText: 'Survival' }).click();
    await expect(page.getByTestId('server-state')).toHaveText(/řüññíñg/);
    await expect(page.getByTestId('chart-memory')).toContainText('MiB');
    await expectNoLayoutFaults(page, 'charts');
    await page.getByTestId('charts-toggle').click();
    await expectNoLayoutFaults(page, 'figures instead of charts');
    await page.getByTestId('charts-toggle').click();
    await page.getByTestId('sftp-details').click();
    await expectNoLayoutFaults(page, 'SFTP details');
    await page.keyboard.press('Escape');
    await page.getByTestId('power-more').click();
    await page.getByTestId('power-menu-kill').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoLayoutFaults(page, 'the question before a kill');
    await page.keyboard.press('Escape');
    await page.getByTestId('power-more').click();
    await page.getByTestId('power-menu-warn').click();
    await expectNoLayoutFaults(page, 'the question before a restart with a warning');
    await page.getByTestId('warn-go').click();
    await expect(page.getByTestId('call-off')).toBeVisible();
    await expectNoLayoutFaults(page, 'a restart that players were warned of');
    await page.getByTestId('call-off').click();
    await expectNoLayoutFaults(page, 'a restart that was called off');
  });

  await test.step('startup', async () => {
    await tab('Štářtüp');
    await expect(page.getByTestId('startup-command')).toBeVisible();
    await expectNoLayoutFaults(page, 'startup');
    await page.getByTestId('variable-ONLINE_MODE').locator('input').click();
    await page.getByTestId('variable-VIEW_DISTANCE').locator('input').fill('100');
    await expectNoLayoutFaults(page, 'startup with changes');
  });

  await test.step('settings of a server', async () => {
    await tab('Šéttíñgš');
    await page.getByTestId('permissions-show').click();
    await expect(page.getByTestId('permissions-list')).toContainText('control.console');
    await expectNoLayoutFaults(page, 'settings of a server');
    await page.getByTestId('reinstall').click();
    await expect(page.getByTestId('reinstall-go')).toBeVisible();
    await expectNoLayoutFaults(page, 'the question before a reinstallation');
    await page.keyboard.press('Escape');
  });

  await test.step('settings', async () => {
    await page.locator('nav button, aside button').last().click();
    const account = page.getByTestId('account');
    await expect(account).toBeVisible();
    await expectNoLayoutFaults(page, 'settings');
    await account.getByRole('button').nth(1).click();
    await expect(page.getByTestId('panel-name')).toBeVisible();
    await expectNoLayoutFaults(page, 'the name of a panel');
    await page.keyboard.press('Escape');
    await account.getByRole('button').last().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoLayoutFaults(page, 'the question before a panel is removed');
  });
});
