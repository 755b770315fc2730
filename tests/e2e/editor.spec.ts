/** The editor, by keys alone, on the sandbox's real files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFiles } from '../support/config-files.js';
import { ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { survivalFiles } from './server-files.js';

const properties =
  '#Minecraft server properties\r\nmotd=Grüße\r\nmax-players=20\r\ndifficulty=easy\r\nwhite-list=false\r\n';

test('a file is edited, saved, compared and kept unsaved', async ({ sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  const { page, main, keys, pictures, on, row } = await survivalFiles(perch, sandbox);
  const file = on('server.properties');
  writeFileSync(file, properties);
  mkdirSync(on('config'), { recursive: true });
  writeFileSync(on('config/paper.yml'), 'settings:\n  view-distance: 10\n  motd: "hi"\n');
  writeFileSync(on('velocity.toml'), configFiles.velocity);
  writeFileSync(on('world.dat'), Buffer.from([0, 1, 2, 3]));
  await main.openServer('Survival');
  const code = page.getByRole('textbox', { name: /Text of/ });
  const state = page.getByTestId('text-state');
  const holds = (path: string, text: string): Promise<void> =>
    expect.poll(() => readFileSync(on(path), 'utf8')).toBe(text);

  await test.step('opened from the list, edited and saved: the other bytes are as before', async () => {
    await new ServerWindow(page).tab('Files');
    await keys.tabTo(page.getByTestId('file-row').first());
    await keys.type('server');
    await keys.press('Enter');
    await expect(code).toBeFocused();
    await expect(page.getByTestId('text-status')).toContainText('CRLF');
    await keys.press('Control+f');
    await keys.type('20');
    await keys.press('Enter', 'Escape');
    await keys.type('64');
    await expect(state).toHaveText('Not saved; kept on this computer');
    await pictures.take('editor');
    await keys.press('Control+s');
    await expect(state).toHaveText('Saved');
    await holds('server.properties', properties.replace('20', '64'));
  });

  await test.step('the form changes a setting beside its line, and the file has that change alone', async () => {
    const difficulty = page.getByTestId('config-field-difficulty').getByRole('combobox');
    await keys.press('F6');
    await expect(page.getByTestId('config-form').locator(':focus')).toBeVisible();
    await keys.tabTo(difficulty);
    await expect(page.locator('.cm-markedLine')).toHaveText('difficulty=easy');
    await keys.press('Enter', 'ArrowDown', 'Enter');
    await expect(code).toContainText('difficulty=normal');
    await keys.press('Control+s');
    await expect(state).toHaveText('Saved');
    await holds('server.properties', properties.replace('20', '64').replace('easy', 'normal'));
    await pictures.take('editor-form');
    await difficulty.focus();
    await keys.press('Control+z');
    await expect(code).toContainText('difficulty=easy');
    await keys.press('Control+s');
    await holds('server.properties', properties.replace('20', '64'));
    await keys.press('F6');
    await expect(code).toBeFocused();
  });

  await test.step('changed meanwhile: both texts side by side, and the changes of both saved', async () => {
    await code.focus();
    await keys.press('Control+End');
    await keys.type('pvp=false');
    writeFileSync(file, properties.replace('20', '64').replace('Grüße', 'Hello'));
    await keys.press('Control+s');
    await expect(page.getByTestId('text-theirs-question')).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'To be saved' })).toContainText('pvp=false');
    await pictures.take('editor-theirs');
    await page.getByRole('radio', { name: 'Both' }).press('Space');
    await expect(page.getByRole('textbox', { name: 'To be saved' })).toContainText('Hello');
    await keys.tabTo(page.getByTestId('text-save-own'));
    await keys.press('Enter');
    await expect(state).toHaveText('Saved');
    await holds('server.properties', `${properties.replace('20', '64').replace('Grüße', 'Hello')}pvp=false`);
    await code.focus();
    await keys.press('Control+m');
    await keys.tabTo(page.getByTestId('text-undo'), 'Shift+Tab');
    await keys.press('Enter');
    await holds('server.properties', properties.replace('20', '64').replace('Grüße', 'Hello'));
  });

  await test.step('an earlier text is compared and put back, by keys alone', async () => {
    await keys.tabTo(page.getByTestId('text-more'));
    await keys.press('Enter');
    await keys.arrowTo(page.getByTestId('text-earlier'), 'ArrowDown');
    await keys.press('Enter');
    const choice = page.getByTestId('revisions-choice');
    await keys.tabTo(choice);
    await keys.press('Enter', 'End', 'Enter');
    await expect(choice).toContainText('read to edit');
    await expect(page.locator('[data-kind=added]')).toContainText(['motd=Hello', 'max-players=64']);
    await pictures.take('revisions');
    await keys.tabTo(page.getByTestId('put-back'));
    await keys.press('Enter');
    await expect(page.getByTestId('is-back')).toBeFocused();
    await holds('server.properties', properties);
    await pictures.take('revisions-back');
    await keys.press('Escape');
    await expect(code).toBeFocused();
    await expect(code).toContainText('max-players=20');
  });

  await test.step('Esc leaves the file, and its row has the focus', async () => {
    await code.focus();
    await keys.press('Escape');
    await expect(row('server.properties')).toBeFocused();
  });

  await test.step('the form of velocity.toml changes one value, and the other bytes are as before', async () => {
    await row('velocity.toml').dblclick();
    await expect(code).toBeFocused();
    const maxPlayers = page.getByTestId('config-field-show-max-players').getByRole('textbox');
    await expect(maxPlayers).toBeVisible();
    await keys.press('F6');
    await expect(page.getByTestId('config-form').locator(':focus')).toBeVisible();
    await keys.tabTo(maxPlayers);
    await keys.press('Control+a');
    await keys.type('0100');
    await expect(page.getByTestId('config-field-show-max-players')).toContainText('Write 100.');
    await keys.press('Control+a');
    await keys.type('100');
    await keys.press('Control+s');
    await expect(state).toHaveText('Saved');
    await holds('velocity.toml', configFiles.velocity.replace('500', '100'));
    await pictures.take('editor-velocity');
    await code.focus();
    await keys.press('Escape');
    await expect(row('velocity.toml')).toBeFocused();
  });

  await test.step('a mistake is marked, and asked about before a save', async () => {
    // The first click of a double click opens the folder, and the second one presses nothing of the folder.
    await row('config').hover();
    await page.mouse.down({ clickCount: 1 });
    await page.mouse.up({ clickCount: 1 });
    await expect(row('paper.yml')).toBeVisible();
    await page.mouse.down({ clickCount: 2 });
    await page.mouse.up({ clickCount: 2 });
    await expect(code).toBeHidden();
    await expect(row('paper.yml')).toBeVisible();
    await row('paper.yml').dblclick();
    await expect(code).toBeFocused();
    await keys.press('Control+End');
    await keys.type('broken: [1');
    await expect(page.getByTestId('text-mistakes')).toBeVisible();
    await pictures.take('editor-mistake');
    await keys.press('Control+s');
    await expect(page.getByTestId('text-mistakes-question')).toContainText('not valid YAML');
    await keys.press('Escape');
    expect(readFileSync(on('config/paper.yml'), 'utf8')).not.toContain('broken');
  });

  await test.step('unsaved text is there again after Perch was killed', async () => {
    await expect(state).toHaveText('Not saved; kept on this computer');
    const drafts = join(perch.dataFolder, 'drafts');
    const kept = (): string =>
      readdirSync(drafts)
        .map((name) => readFileSync(join(drafts, name), 'utf8'))
        .join('\n');
    // The words are there while the last letters are still on their way to the disk.
    await expect(() => expect(kept()).toContain('broken: [1')).toPass({ timeout: 20_000 });
    await page.reload();
    await page.evaluate(() => window.perch.call('window.drawn', undefined));
    await main.openServer('Survival');
    await new ServerWindow(page).tab('Files');
    await row('config').dblclick();
    await row('paper.yml').dblclick();
    await expect(page.getByTestId('text-restored')).toBeVisible();
    await expect(code).toContainText('broken: [1');
    await pictures.take('editor-restored');
  });
});
