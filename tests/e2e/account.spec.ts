/** The account on its panel, and activity in words: through the window, against panels of both kinds. */
import { LeakSearch } from '../support/leak-search.js';
import { seriousProblems } from './axe.js';
import { Keyboard } from './keyboard.js';
import { typeElsewhere } from './other-person.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';
import { tabFaults } from './tab-walk.js';

for (const dialect of ['panel-1.11', 'panel-1.12', 'reference', 'pelican']) {
  test.describe(dialect, () => {
    test.use({ sandboxFlags: ['--dialect', dialect] });

    test('keys are made, replaced and deleted, and activity is described in words', async ({
      sandbox,
      launch,
    }) => {
      test.slow();
      const perch = await launch();
      const page = await perch.window('main');
      await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
      const main = new MainWindow(page);
      await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
      const pictures = new Pictures(perch, page);
      const hands = new Keyboard(page);
      const keys = page.getByTestId('account-key');
      const used = keys.filter({ has: page.getByTestId('account-key-used') });
      const go = page.getByTestId('account-go');
      const openAccount = async (): Promise<void> => {
        await page.getByRole('button', { name: 'Settings', exact: true }).first().click();
        await page.getByTestId('open-account').click();
        await expect(keys.first()).toBeVisible();
      };

      await test.step('the key that Perch uses is marked, and has no button to delete it', async () => {
        await openAccount();
        await expect(used).toContainText(sandbox.keys.owner.slice(0, 16));
        await expect(used.getByRole('button')).toHaveText(['Replace']);
        if (dialect === 'pelican') await pictures.take('account');
      });

      let copied = '';
      await test.step('a new key goes to the clipboard and into no window', async () => {
        await page.getByTestId('account-new-key').click();
        await page.getByLabel('Description').fill('laptop');
        await page.getByTestId('make-key-addresses').fill('nonsense');
        await page.getByTestId('make-key-save').click();
        await expect(page.getByTestId('make-key-dialog')).toContainText('not a valid IP address');
        // This panel names no field, so the sentence stands in the banner.
        if (dialect !== 'reference') await expect(page.getByTestId('make-key-addresses')).toBeFocused();
        if (dialect === 'pelican') await pictures.take('account-new-key');
        await page.getByTestId('make-key-addresses').fill('127.0.0.1\n10.0.0.0/8');
        await page.getByTestId('make-key-save').click();
        await expect(page.getByTestId('account-said')).toContainText('in the clipboard');
        copied = await perch.app.evaluate(({ clipboard }) => clipboard.readText());
        expect(copied).toHaveLength(48);
        await expect(keys).toHaveCount(2);
        await expect(keys.filter({ hasText: 'laptop' })).toContainText('only from 127.0.0.1, 10.0.0.0/8');
        expect(await page.content()).not.toContain(copied.slice(16));
      });

      await test.step('the key of Perch is replaced, and Perch continues with the new one', async () => {
        await page.getByTestId('account-renew').click();
        await go.click();
        await expect(page.getByTestId('account-said')).toContainText('has deleted the old key');
        await expect(used).not.toContainText(sandbox.keys.owner.slice(0, 16));
        await expect(used).toContainText('Perch on');
        await expect(keys).toHaveCount(2);
        await expect(page.getByTestId('account-key-left')).toHaveCount(0);
      });

      await test.step('another key is deleted by keys after a question', async () => {
        await hands.tabTo(page.getByRole('button', { name: 'Delete the key laptop' }));
        await hands.press('Enter');
        await expect(page.getByTestId('account-question')).toContainText('lose their access');
        await hands.press('Escape');
        await expect(page.getByRole('button', { name: 'Delete the key laptop' })).toBeFocused();
        await hands.press('Enter');
        await hands.tabTo(go);
        await hands.press('Enter');
        await expect(keys).toHaveCount(1);
        await expect(page.getByTestId('account-said')).toContainText('“laptop” is deleted');
        await expect(page.getByTestId('account-new-key')).toBeFocused();
        expect(await tabFaults(page)).toEqual([]);
      });

      await test.step('a wrong password is reported at its field, the right password changes the address', async () => {
        await page.getByTestId('change-email').click();
        const dialog = page.getByTestId('change-sign-in-dialog');
        await dialog.getByLabel('E-mail address').fill('olive2@example.com');
        await dialog.getByLabel('Current password', { exact: true }).fill('wrong horse battery');
        await page.getByTestId('change-sign-in-save').click();
        await expect(dialog).toContainText('not the password of the account');
        await dialog.getByLabel('Current password', { exact: true }).fill(sandbox.passwords.owner);
        await page.getByTestId('change-sign-in-save').click();
        await expect(page.getByTestId('account-changed')).toBeVisible();
        await expect(page.getByTestId('account-sign-in')).toContainText('olive2@example.com');
        await expect(page.getByTestId('change-username')).toHaveCount(dialect === 'pelican' ? 1 : 0);
      });

      await test.step('the activity of the account says all of it in words', async () => {
        const entries = page.getByTestId('activity-entry');
        await expect(entries.filter({ hasText: 'Changed the e-mail address from' })).toHaveCount(1);
        await expect(entries.filter({ hasText: 'Created the API key' })).toHaveCount(2);
        const deleted = entries.filter({ hasText: 'Deleted the API key' });
        await expect(deleted).toHaveCount(2);
        await expect(deleted.first()).toContainText('127.0.0.1');
      });

      if (dialect === 'pelican') {
        await test.step('another user name counts at once, and is that of no other user', async () => {
          await page.getByTestId('change-username').click();
          const dialog = page.getByTestId('change-sign-in-dialog');
          await dialog.getByLabel('User name').fill('olive2');
          await dialog.getByLabel('Current password', { exact: true }).fill(sandbox.passwords.owner);
          await page.getByTestId('change-sign-in-save').click();
          await expect(page.getByTestId('account-changed')).toBeVisible();
          await expect(page.getByTestId('account-sign-in')).toContainText('olive2');
          await page.getByTestId('account-renew').click();
          await go.click();
          await expect(page.getByTestId('account-said')).toContainText('has deleted the old key');
        });
      }

      await test.step('the events of a server include acts of others at the panel', async () => {
        await main.openServer('Survival');
        await new ServerWindow(page).tab('Events');
        for (const command of ['list', 'say hi']) await typeElsewhere(sandbox, 'Survival', command);
        const entries = page.getByTestId('activity-entry');
        await page.getByTestId('events-source').getByRole('radio', { name: 'Activity on the panel' }).check();
        await expect(entries.filter({ hasText: 'Sent the command say hi' })).toContainText('ada');
        await page.getByTestId('activity-kind').click();
        await page.getByRole('option', { name: 'Backups' }).click();
        await expect(entries).toHaveCount(0);
        await page.getByTestId('activity-kind').click();
        await page.getByRole('option', { name: 'Console' }).click();
        await expect(entries).toHaveCount(2);
        const details = entries.filter({ hasText: 'say hi' }).getByRole('button', { name: /^Details/ });
        await details.focus();
        await page.keyboard.press('Enter');
        await expect(page.getByTestId('activity-details')).toContainText('server:console.command');
        if (dialect === 'pelican') await pictures.take('activity');
        await page.getByTestId('events-source').getByRole('radio', { name: 'Seen by Perch' }).check();
        const others = page.locator('[data-other="server:console.command"]');
        await expect(others).toHaveCount(2);
        await expect(others.first()).toContainText('ada, from the panel’s activity');
        if (dialect === 'pelican') await pictures.take('events-of-others');
      });

      await test.step('and so does the page of all events, for every server', async () => {
        await page.getByRole('button', { name: /^Events/ }).click();
        const view = page.getByTestId('events-view');
        const others = view.locator('[data-other="server:console.command"]');
        await expect(others).toHaveCount(2, { timeout: 20_000 });
        await expect(others.first()).toContainText('Survival: Sent the command say hi');
        await expect(page.getByTestId('events-others')).toContainText(/Read from [1-9]\d* of \d+ servers/, {
          timeout: 30_000,
        });
        await page.getByTestId('events-person').click();
        await page.getByRole('option', { name: 'ada', exact: true }).click();
        await expect(view.locator('[data-event]')).toHaveCount(0);
        await expect(others).toHaveCount(2);
        expect(await seriousProblems(page)).toEqual([]);
        if (dialect === 'pelican') await pictures.take('all-events-of-others');
        const toggle = view.getByRole('switch', { name: 'Show actions of others at the panels' });
        await toggle.focus();
        await page.keyboard.press('Space');
        await expect(toggle).not.toBeChecked();
        await expect(others).toHaveCount(0);
        await page.keyboard.press('Space');
        await expect(others).toHaveCount(2);
        await others.first().press('Enter');
        await expect(page.getByTestId('events-source')).toBeVisible();
      });

      await test.step('no secret is in a file of Perch', async () => {
        const leaks = new LeakSearch();
        leaks.add('the copied key', copied);
        leaks.add('the password', sandbox.passwords.owner);
        leaks.add('the wrong password', 'wrong horse battery');
        expect(leaks.inFolder(perch.dataFolder)).toEqual([]);
      });
    });
  });
}
