/** Files of a server through the window, on the sandbox's real folder. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsBelow } from '../support/paths-below.js';
import { ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { FileDrag } from './file-drag.js';
import { survivalFiles } from './server-files.js';

test('files are found, made, moved, replaced and deleted from the window', async ({ sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  const { page, main, keys, pictures, folder, on, row } = await survivalFiles(perch, sandbox);
  mkdirSync(on('plugins/Essentials/userdata/archive'), { recursive: true });
  writeFileSync(on('plugins/Essentials-2.20.1.jar'), 'x'.repeat(40_000));
  writeFileSync(on('plugins/Essentials/config.yml'), 'motd: old\n');
  writeFileSync(on('notes \u202efdp.txt'), 'hello');
  for (const name of ['one.txt', 'two.txt', 'Two.txt']) writeFileSync(on(name), name);
  await main.openServer('Survival');
  const go = page.getByTestId('file-go');
  const text = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

  await test.step('the list of the real folder', async () => {
    await new ServerWindow(page).tab('Files');
    await expect(row('plugins')).toBeVisible({ timeout: 20_000 });
    await expect(row('one.txt')).toContainText('7 B');
    await pictures.take('files');
  });

  await test.step('by keys alone: into a folder, a new subfolder, a renamed folder', async () => {
    await keys.tabTo(row('plugins'));
    await keys.press('Enter');
    await expect(row('Essentials')).toBeFocused();
    await keys.press('Shift+F10');
    await expect(page.getByTestId('file-menu')).toBeVisible();
    await keys.press('Escape');
    await expect(row('Essentials')).toBeFocused();
    await keys.press('Backspace');
    await expect(row('plugins')).toBeFocused();
    await keys.press('Alt+ArrowLeft');
    await expect(row('Essentials')).toBeVisible();
    await keys.press('Control+l');
    await keys.type('/plugins/Essentials');
    await keys.press('Enter');
    await expect(row('config.yml')).toBeVisible();
    await pictures.take('files-deep');
    await page.getByTestId('files-new').click();
    await page.getByTestId('file-new-folder').click();
    await expect(page.getByTestId('file-name-dialog').getByRole('textbox')).toBeFocused();
    await keys.type('old');
    await keys.press('Enter');
    await expect(row('old')).toBeFocused();
    expect(existsSync(on('plugins/Essentials/old'))).toBe(true);
    await keys.press('F2');
    await pictures.take('files-rename');
    await keys.replace('older');
    await keys.press('Enter');
    await expect(row('older')).toBeFocused();
    expect(existsSync(on('plugins/Essentials/older'))).toBe(true);
  });

  await test.step('a name is found in the folders below', async () => {
    await page.getByTestId('crumb').first().click();
    await expect(row('world')).toBeVisible();
    await page.getByTestId('files-filter').fill('config.yml');
    await page.getByTestId('files-find').click();
    const found = page.getByTestId('found-file').filter({ hasText: 'plugins/Essentials/config.yml' });
    await expect(found).toBeVisible({ timeout: 20_000 });
    await expect(page.getByTestId('found-files')).toHaveAttribute('aria-busy', 'false', { timeout: 20_000 });
    await pictures.take('files-found');
    await found.getByRole('button').click();
    await expect(row('config.yml')).toBeFocused();
  });

  await test.step('cut and pasted over another file: a question with both sizes and ages', async () => {
    await keys.type('config');
    await expect(row('config.yml')).toBeFocused();
    await keys.press('Control+x');
    writeFileSync(on('plugins/Essentials/older/config.yml'), 'motd: much older than the other one\n');
    await row('older').click();
    await expect(row('older')).toHaveCount(0);
    await expect(row('config.yml')).toBeVisible();
    await keys.press('Control+v');
    await expect(page.getByTestId('file-replace-question')).toContainText('36 B');
    await pictures.take('files-replace');
    await go.click();
    await expect(page.getByTestId('files-taken')).toBeHidden();
    await expect.poll(() => text(on('plugins/Essentials/older/config.yml'))).toBe('motd: old\n');
    await expect.poll(() => existsSync(on('plugins/Essentials/config.yml'))).toBe(false);
  });

  await test.step('copied into another folder by keys', async () => {
    await row('config.yml').focus();
    await keys.press('Control+c');
    await page.getByTestId('crumb').first().click();
    await row('one.txt').focus();
    await keys.press('Control+v');
    await expect(row('config.yml')).toBeVisible();
    await expect.poll(() => text(on('config.yml'))).toBe('motd: old\n');
    expect(readdirSync(on('plugins/Essentials/older'))).toEqual(['config.yml']);
    await page.getByRole('button', { name: 'Forget these files' }).click();
  });

  await test.step('dragged onto a folder', async () => {
    await page.getByTestId('crumb').first().click();
    await row('one.txt').hover();
    await page.mouse.down();
    await row('plugins').hover();
    await row('plugins').hover({ position: { x: 90, y: 12 } });
    await page.screenshot({ path: 'out/screens/files-drag.png' });
    await page.mouse.up();
    await expect(row('one.txt')).toHaveCount(0);
    await expect.poll(() => existsSync(on('plugins/one.txt'))).toBe(true);
  });

  await test.step('files of the desktop are dropped onto a folder, and nowhere else', async () => {
    const desktop = join(perch.dataFolder, '..', 'desktop');
    mkdirSync(join(desktop, 'maps'), { recursive: true });
    writeFileSync(join(desktop, 'Vault.jar'), 'v'.repeat(3000));
    writeFileSync(join(desktop, 'maps/spawn.dat'), 'm'.repeat(500));
    const drag = await FileDrag.of(page, [join(desktop, 'Vault.jar'), join(desktop, 'maps')]);
    const address = page.url();
    await drag.dropOn(page.getByTestId('server-state'));
    expect(page.url()).toBe(address);
    await drag.over(page.getByTestId('files-count'));
    await pictures.take('files-drop', () => drag.over(page.getByTestId('files-count')));
    await drag.over(row('plugins'));
    await page.screenshot({ path: 'out/screens/files-drop-row.png' });
    await drag.dropOn(row('plugins'));
    await expect(page.getByTestId('file-upload-question')).toContainText('maps/');
    await pictures.take('files-upload');
    await go.click();
    await expect(page.getByTestId('transfers')).toBeVisible();
    await pictures.take('files-upload-strip');
    await expect.poll(() => text(on('plugins/maps/spawn.dat'))).toBe('m'.repeat(500));
    await expect.poll(() => text(on('plugins/Vault.jar'))).toBe('v'.repeat(3000));
  });

  await test.step('a folder of many files goes up packed, and comes down as a folder', async () => {
    const desktop = join(perch.dataFolder, '..', 'desktop');
    mkdirSync(join(desktop, 'pack/config'), { recursive: true });
    for (let at = 0; at < 80; at++) writeFileSync(join(desktop, `pack/config/${at}.yml`), `setting: ${at}`);
    const drag = await FileDrag.of(page, [join(desktop, 'pack')]);
    await drag.dropOn(row('plugins'));
    await go.click();
    await expect.poll(() => text(on('plugins/pack/config/79.yml'))).toBe('setting: 79');
    await perch.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: false, filePaths: [path] }) as ReturnType<typeof dialog.showOpenDialog>;
    }, desktop);
    await row('plugins').getByTestId('file-more').click();
    await page.getByTestId('file-menu').getByTestId('file-save').click();
    const here = join(desktop, 'plugins/pack/config/79.yml');
    await expect.poll(() => text(here)).toBe('setting: 79');
    await pictures.take('files-folder-strip');
    await expect.poll(() => pathsBelow(folder).filter((path) => /perch|\.gz$/.test(path))).toEqual([]);
  });

  await test.step('permissions by switches, a duplicate, an archive and its content', async () => {
    const act = async (name: string, entry: string): Promise<void> => {
      await row(name).getByTestId('file-more').click();
      await page.getByTestId('file-menu').getByTestId(`file-${entry}`).click();
    };
    await act('two.txt', 'mode');
    await page.getByRole('switch', { name: 'Others, Write' }).click();
    await pictures.take('files-mode');
    await go.click();
    await expect(row('two.txt')).toContainText('646');
    await act('two.txt', 'duplicate');
    await expect(row('two copy.txt')).toBeVisible();
    await act('plugins', 'pack');
    const archive = page.locator('[data-testid=file-row][data-key^=archive-]');
    await expect(archive).toBeFocused({ timeout: 20_000 });
    await archive.getByTestId('file-more').click();
    await page.getByTestId('file-unpack').click();
    await pictures.take('files-unpack');
    await go.click();
    await expect(page.getByTestId('file-unpack-question')).toBeHidden();
    await archive.click({ modifiers: ['Control'] });
  });

  await test.step('several are deleted after a question that names them', async () => {
    await row('Two.txt').click({ modifiers: ['Control'] });
    await row('two copy.txt').click({ modifiers: ['Control'] });
    await keys.press('Delete');
    await expect(page.getByTestId('file-delete-question')).toContainText('Delete 3 files?');
    await pictures.take('files-delete');
    await keys.press('Tab', 'Enter');
    await expect(row('Two.txt')).toHaveCount(0);
    await expect.poll(() => [existsSync(on('Two.txt')), existsSync(on('two.txt'))]).toEqual([false, true]);
  });

  await test.step('a folder that is not there says so and leads up', async () => {
    await keys.press('Control+l');
    await keys.type('/home/container/nowhere');
    await keys.press('Enter');
    await expect(page.getByTestId('files-problem')).toBeVisible();
    await pictures.take('files-missing');
    await page.getByTestId('files-problem').getByRole('button', { name: 'Up one folder' }).click();
    await expect(row('plugins')).toBeVisible();
  });

  await test.step('by keys alone: a file is watched from its menu, and listed in the settings', async () => {
    await keys.press('Control+l');
    await keys.type('/plugins/Essentials/older');
    await keys.press('Enter');
    await expect(row('config.yml')).toBeVisible();
    await keys.tabTo(row('config.yml'));
    // Of two pictures of the same size, the second finds the menu still open.
    await pictures.take('files-menu', async () => {
      if (await page.getByTestId('file-watch').isVisible()) return;
      await keys.press('Shift+F10');
      await keys.arrowTo(page.getByTestId('file-watch'), 'ArrowDown');
    });
    await keys.press('Enter');
    await new ServerWindow(page).tab('Settings');
    const watched = page
      .getByTestId('watched-file')
      .filter({ hasText: '/plugins/Essentials/older/config.yml' });
    await expect(watched).toBeVisible();
    await keys.tabTo(page.getByTestId('watched-path'));
    await keys.type('plugins/../x');
    await expect(page.getByTestId('watched-files')).toContainText('This is no path');
    const scroll = () => page.getByTestId('watched-path').scrollIntoViewIfNeeded();
    await pictures.take('watched-files', scroll);
    await keys.replace('plugins/Vault/config.yml');
    await keys.press('Enter');
    await keys.tabTo(watched.getByRole('button'), 'Shift+Tab');
    await keys.press('Enter');
    await expect(watched).toHaveCount(0);
    await expect(page.getByTestId('watched-file').filter({ hasText: 'Vault' })).toBeVisible();
  });
});
