/** People of a server through the window, in each dialect: added, changed, removed, and what nobody can give. */
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

interface Looked {
  readonly permissions: Readonly<Record<string, readonly string[]>>;
}

for (const dialect of ['panel-1.11', 'panel-1.12', 'reference', 'pelican']) {
  test.describe(`people of ${dialect}`, () => {
    test.use({ sandboxFlags: ['--dialect', dialect] });

    test('are added, changed and removed', async ({ sandbox, launch }) => {
      const perch = await launch();
      const page = await perch.window('main');
      await sandbox.control({ do: 'permissions', server: 'Survival', user: 'subuser', permissions: null });
      await sandbox.control({ do: 'two-factor', user: 'subuser', on: true });
      await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
      const main = new MainWindow(page);
      await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
      await main.openServer('Survival');
      await new ServerWindow(page).tab('People');
      const keys = new Keyboard(page);
      const pictures = new Pictures(perch, page);
      const rows = page.getByTestId('person-row');
      const dialog = page.getByTestId('person-dialog');
      const role = page.getByTestId('person-role');
      const readPermissions = async () => {
        const { result } = (await sandbox.control({ do: 'look', server: 'Survival' })) as { result: Looked };
        return result.permissions;
      };

      await test.step('somebody gets a role, by keys', async () => {
        await expect(page.getByTestId('people-empty')).toBeVisible();
        await page.getByTestId('person-new').click();
        await expect(page.getByLabel('E-mail address')).toBeFocused();
        await page.keyboard.type('sam@example.com');
        await role.focus();
        await keys.press('Enter');
        await page.getByRole('option', { name: 'Moderator', exact: true }).click();
        await expect(page.locator('[data-permission="control.console"] input')).toBeChecked();
        if (dialect === 'pelican') await pictures.take('people-add');
        await page.getByTestId('person-save').click();
        await expect(rows).toHaveCount(1);
        await expect(rows.first()).toContainText('sam@example.com');
        await expect(rows.first()).toContainText('Two factors');
        expect((await readPermissions())['sam']).toContain('control.console');
      });

      await test.step('permissions are changed, and somebody else’s change is not overwritten unseen', async () => {
        await rows.first().getByRole('button').click();
        await page.locator('[data-permission="control.console"] input').uncheck();
        await expect(page.getByTestId('rights-sum')).toContainText('Removes 1 permission');
        if (dialect === 'pelican') await pictures.take('people-change');
        await sandbox.control({
          do: 'permissions',
          server: 'Survival',
          user: 'subuser',
          permissions: ['websocket.connect', 'control.start'],
        });
        await page.getByTestId('person-save').click();
        await expect(page.getByTestId('person-other')).toBeVisible();
        await page.getByTestId('person-save').click();
        await expect(dialog).toBeHidden();
        const permissions = (await readPermissions())['sam'] ?? [];
        expect(permissions).toContain('control.stop');
        expect(permissions).not.toContain('control.console');
      });

      await test.step('an address without an account gets one, with the same as somebody else', async () => {
        await page.getByTestId('person-new').click();
        await page.getByLabel('E-mail address').fill('new.builder@example.com');
        await role.click();
        await page.getByRole('option', { name: 'The same as sam' }).click();
        await page.getByTestId('person-save').click();
        await expect(rows).toHaveCount(2);
        await page.getByTestId('person-new').click();
        await page.getByLabel('E-mail address').fill('olive@example.com');
        await role.click();
        await page.getByRole('option', { name: 'Read only' }).click();
        await page.getByTestId('person-save').click();
        await expect(page.getByTestId('person-save-problem')).toContainText('owner of the server');
        await expect(page.getByLabel('E-mail address')).toHaveValue('olive@example.com');
        await keys.press('Escape');
        if (dialect === 'pelican') await pictures.take('people');
      });

      await test.step('the same access on two other servers, and away from all of them', async () => {
        if (dialect !== 'pelican') return;
        const bulk = page.getByTestId('bulk-progress');
        await rows.first().getByRole('button').click();
        await page.getByTestId('person-many').click();
        for (const name of ['Creative', 'Lobby']) {
          await page.getByTestId('target').filter({ hasText: name }).getByRole('checkbox').check();
        }
        // One of the two has other permissions for this person.
        await page.getByRole('switch', { name: 'Replace other permissions' }).click();
        await pictures.take('people-many');
        await page.getByTestId('access-go').click();
        await expect(bulk).toContainText('Gave access to 2 servers');
        await page.getByTestId('bulk-dismiss').click();
        const cells = page.getByTestId('matrix-cell').and(page.locator('[data-kind=access]'));
        await page.getByTestId('sidebar-people').click();
        const matrix = page.getByTestId('people-matrix');
        await expect(matrix.getByTestId('matrix-person')).toHaveCount(2, { timeout: 30_000 });
        await expect(page.getByTestId('matrix-status')).toContainText(/2 people besides .* \d+ servers/s);
        await expect(page.getByTestId('matrix-missing')).toContainText(/\d servers without a list/);
        await page.getByTestId('matrix-search').fill('sam@');
        await expect(cells).toHaveCount(5);
        await keys.press('ArrowDown');
        await expect(matrix).toBeFocused();
        await pictures.take('people-matrix');
        await keys.press('Enter');
        await expect(page.getByTestId('person-access-row')).toHaveCount(5);
        await pictures.take('people-of-one');
        await keys.press('Escape');
        await expect(matrix).toBeFocused();
        await keys.press('Delete');
        await expect(page.getByTestId('target')).toHaveText([
          /Archive 2022/,
          /Creative/,
          /Lobby/,
          /Skyblock/,
          /Survival/,
        ]);
        await page.getByTestId('access-go').click();
        await expect(bulk).toContainText('Removed access to 5 servers');
        await page.getByTestId('bulk-dismiss').click();
        await expect(page.getByTestId('matrix-empty')).toBeVisible();
        await main.openServer('Survival');
        await new ServerWindow(page).tab('People');
        await expect(rows).toHaveCount(1);
        expect((await readPermissions())['sam']).toBeUndefined();
      });

      await test.step('somebody is removed by keys after a question', async () => {
        await rows.first().getByRole('button').focus();
        await keys.press('Delete');
        const [question, left] = dialect === 'pelican' ? ['new.builder', 0] : ['sam', 1];
        await expect(page.getByTestId('person-remove-question')).toContainText(question);
        await page.getByTestId('person-remove-go').click();
        await expect(rows).toHaveCount(left);
        expect((await readPermissions())['sam']).toBeUndefined();
      });
    });
  });
}

test('a subuser sees the own entry, and grants only the own permissions', async ({ sandbox, launch }) => {
  const permissions = ['websocket.connect', 'user.read', 'user.create', 'user.update', 'control.start'];
  await sandbox.control({ do: 'permissions', server: 'Survival', user: 'subuser', permissions });
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await main.openServer('Survival');
  await new ServerWindow(page).tab('People');
  const rows = page.getByTestId('person-row');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('you');
  await rows.first().getByRole('button').click();
  await expect(page.getByTestId('person-own')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByTestId('person-new').click();
  await page.getByLabel('E-mail address').fill('guest@example.com');
  await page.getByTestId('person-role').click();
  await page.getByRole('option', { name: 'Everything that you may give' }).click();
  await expect(page.locator('[data-permission="file.delete"] input')).toBeDisabled();
  await page.getByTestId('person-save').click();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('4 permissions');
});
