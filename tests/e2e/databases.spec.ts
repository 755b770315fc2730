/** Databases of a server through the window, and where their passwords go. */
import { LeakSearch } from '../support/leak-search.js';
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test.use({ sandboxFlags: ['--dialect', 'panel-1.12'] });

test('a database is made, its password goes to the requested places, and the database is deleted', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await sandbox.control({ do: 'panel', databaseHost: { address: 'db.harbor.example' } });
  await main.openServer('Survival');
  await new ServerWindow(page).tab('Databases');
  const keys = new Keyboard(page);
  const pictures = new Pictures(perch, page);
  const shown = page.getByTestId('database-password');
  const copied = (): Promise<string> => perch.app.evaluate(({ clipboard }) => clipboard.readText());
  const truth = async (): Promise<string> => {
    const server = sandbox.servers.find(({ name }) => name === 'Survival')?.uuid ?? '';
    const list = (await sandbox.ask(`/api/client/servers/${server}/databases?include=password`)) as {
      data: { attributes: { relationships: { password: { attributes: { password: string } } } } }[];
    };
    return list.data[0]?.attributes.relationships.password.attributes.password ?? '';
  };
  const secrets: string[] = [];

  await test.step('the first database is made by keys, and the limit is shown', async () => {
    await expect(page.getByTestId('databases-empty')).toBeVisible();
    await expect(page.getByTestId('databases-count')).toHaveText('0 of 1 database');
    await keys.tabTo(page.getByTestId('database-new'));
    await keys.press('Enter');
    await page.getByTestId('database-name').fill('a b');
    await expect(page.getByTestId('database-dialog')).toContainText('Only letters');
    await pictures.take('databases-new');
    await page.getByTestId('database-name').fill('luckperms');
    await keys.press('Enter');
    await expect(page.getByTestId('database')).toContainText('db.harbor.example:3306');
    await expect(page.getByTestId('databases-done')).toContainText('s1_luckperms');
    await expect(page.getByTestId('database-more')).toBeFocused();
    await expect(page.getByTestId('database-new')).toHaveAttribute('aria-description', /at most 1 database/);
    await pictures.take('databases');
  });

  await test.step('the password is shown on a press only', async () => {
    secrets.push(await truth());
    await expect(page.locator('body')).not.toContainText(secrets[0] ?? '');
    await page.getByTestId('database-show').click();
    await expect(shown).toHaveText(secrets[0] ?? '');
    await page.getByTestId('database-show').click();
    await expect(shown).not.toContainText(secrets[0] ?? '');
  });

  await test.step('lines for plugins and the address for another program are made by main', async () => {
    await page.getByTestId('database-copy').focus();
    await keys.press('Enter');
    await keys.press('ArrowDown');
    await keys.press('ArrowDown');
    await pictures.take('databases-copy', async () => {
      const menu = page.getByTestId('database-copy-menu');
      if (!(await menu.isVisible())) await page.getByTestId('database-copy').click();
    });
    await page.getByTestId('database-copy-luckperms').click();
    await expect(page.getByTestId('database-said')).toContainText('LuckPerms');
    expect(await copied()).toContain("address: 'db.harbor.example:3306'");
    expect(await copied()).toContain(`password: '${secrets[0] ?? ''}'`);
    const opened = await perch.app.evaluateHandle(({ shell }) => {
      const urls: string[] = [];
      shell.openExternal = async (url) => void urls.push(url);
      return urls;
    });
    await page.getByTestId('database-open').click();
    await expect(page.getByTestId('database-said')).toContainText('from the clipboard');
    expect(await opened.jsonValue()).toEqual([
      expect.stringMatching(/^mysql:\/\/u1_\w+@db\.harbor\.example:3306\/s1_luckperms$/),
    ]);
    expect(await copied()).toBe(secrets[0]);
  });

  await test.step('a new password asks first', async () => {
    await page.getByTestId('database-more').click();
    await page.getByTestId('database-rotate').click();
    await pictures.take('databases-rotate');
    await page.getByTestId('database-rotate-go').click();
    await expect(page.getByTestId('databases-done')).toContainText('new password');
    secrets.push(await truth());
    expect(secrets[1]).not.toBe(secrets[0]);
    await page.getByTestId('database-show').click();
    await expect(shown).toHaveText(secrets[1] ?? '');
  });

  await test.step('a refusal names the failure, its place and the next step', async () => {
    await sandbox.control({ do: 'panel', databaseHost: { address: 'db.harbor.example', isDown: true } });
    await page.getByTestId('database-more').click();
    await page.getByTestId('database-delete').click();
    await page.getByTestId('database-delete-name').fill('s1_luckperms');
    await keys.press('Enter');
    await expect(page.getByTestId('database-delete-problem')).toContainText('does not answer, or refused');
    await pictures.take('databases-delete');
    await sandbox.control({ do: 'panel', databaseHost: { address: 'db.harbor.example' } });
    await page.getByTestId('database-delete-go').click();
    await expect(page.getByTestId('databases-empty')).toBeVisible();
  });

  await test.step('no file of Perch holds a password', async () => {
    const leaks = new LeakSearch();
    for (const secret of secrets) leaks.add('a password', secret);
    expect(leaks.inFolder(perch.dataFolder)).toEqual([]);
  });
});
