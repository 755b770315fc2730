/** Files of a server in another program: a script that plays the system's program, and the editor of a terminal. */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CommandLine } from './command-line.js';
import { ServerWindow } from './pages.js';
import { expect, test, type Perch } from './perch.js';
import { Pictures } from './pictures.js';
import { survivalFiles } from './server-files.js';

const old = 'motd=old\r\nmax-players=20\r\n';

test('a file is edited in another program, and nothing is lost or overwritten', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const program = join(desktop.folder, 'bin', 'xdg-open');
  const opened = join(desktop.folder, 'opened');
  mkdirSync(dirname(program));
  writeFileSync(program, `#!/bin/sh\nprintf '%s' "$1" > '${opened}'\n`);
  chmodSync(program, 0o755);
  Object.assign(desktop.env, { PATH: `${dirname(program)}:${desktop.env['PATH'] ?? ''}` });
  const perch = await launch();
  const survival = await survivalFiles(perch, sandbox);
  const { main, keys, pictures, on, row } = survival;
  let { page } = survival;
  const file = on('server.properties');
  writeFileSync(file, old);
  writeFileSync(on('start.sh'), 'java -jar server.jar\n');
  const serverText = (): string => readFileSync(file, 'utf8');
  const words = () => page.getByTestId('edited-words');
  let copy = '';

  await test.step('opened from the list by keys, saved and uploaded', async () => {
    await main.openServer('Survival');
    await new ServerWindow(page).tab('Files');
    await keys.tabTo(page.getByTestId('file-row').first());
    await keys.type('server.p');
    await keys.press('Shift+F10');
    await keys.arrowTo(page.getByTestId('file-edit-outside'), 'ArrowDown');
    await keys.press('Enter');
    await expect(words()).toHaveText('Perch uploads it each time you save.');
    // The window says so before the program has begun.
    const shown = (): string => (existsSync(opened) ? readFileSync(opened, 'utf8') : '');
    await expect.poll(shown).toMatch(/server\.properties$/);
    copy = shown();
    expect(readFileSync(copy, 'utf8')).toBe(old);
    await pictures.take('edited-open');
    writeFileSync(copy, old.replace('old', 'mine'));
    await expect.poll(serverText).toBe(old.replace('old', 'mine'));
    await expect(words()).toContainText('Uploaded at');
    await expect(row('server.properties')).toContainText('27 B');
  });

  await test.step('a change of somebody else is not overwritten, but compared and then replaced', async () => {
    writeFileSync(file, old.replace('20', '64'));
    writeFileSync(copy, old.replace('old', 'mine too'));
    await expect(words()).toContainText('somebody changed the file');
    await expect(page.getByTestId('edited')).toHaveAttribute('data-state', 'conflict');
    expect(serverText()).toBe(old.replace('20', '64'));
    await pictures.take('edited-conflict');
    await keys.tabTo(page.getByTestId('edited-compare'));
    await keys.press('Enter');
    await expect(page.locator('[data-kind=added]')).toContainText(['motd=mine too', 'max-players=20']);
    await pictures.take('edited-compare');
    await keys.tabTo(page.getByTestId('edited-compare-replace'));
    await keys.press('Enter');
    await expect.poll(serverText).toBe(old.replace('old', 'mine too'));
  });

  await test.step('a script opens as text', async () => {
    await row('start.sh').click({ button: 'right' });
    await page.getByTestId('file-edit-outside').click();
    await expect.poll(() => readFileSync(opened, 'utf8')).toMatch(/start\.sh\.txt$/);
    await page
      .getByRole('group', { name: /start\.sh/ })
      .getByTestId('edited-stop')
      .click();
    await expect(page.getByTestId('edited')).toHaveCount(1);
  });

  await test.step('the editor of a terminal saves as well', async () => {
    const editor = join(desktop.folder, 'bin', 'an editor');
    writeFileSync(editor, `#!/bin/sh\nprintf 'eula=true' > "$1"\n`);
    chmodSync(editor, 0o755);
    writeFileSync(on('eula.txt'), 'eula=false');
    const terminal = new CommandLine({ ...desktop.env, VISUAL: `"${editor}"` }, perch.dataFolder);
    const edited = await terminal.run(['files', 'edit', 'Survival', 'eula.txt']);
    expect(edited).toEqual({ code: 0, out: 'Uploaded eula.txt to /.\n', err: '' });
    expect(readFileSync(on('eula.txt'), 'utf8')).toBe('eula=true');
  });

  await test.step('changes that a killed Perch did not upload are named at the next start', async () => {
    writeFileSync(file, old.replace('20', '100'));
    writeFileSync(copy, old.replace('old', 'last'));
    await expect(page.getByTestId('edited')).toHaveAttribute('data-state', 'conflict');
    await killed(perch);
    let next = await launch();
    page = await next.window('main');
    await expect(words()).toContainText('not uploaded yet');
    await new Pictures(next, page).take('edited-left');
    await page.getByTestId('edited-upload').click();
    await expect(page.getByTestId('edited')).toHaveAttribute('data-state', 'conflict');
    expect(serverText()).toBe(old.replace('20', '100'));
    await page.getByTestId('edited-keep-draft').click();
    await expect(page.getByTestId('text-restored')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('textbox', { name: /Text of/ })).toContainText('motd=last');
    await expect(page.getByTestId('edited')).toHaveCount(0);
    await expect.poll(() => existsSync(copy)).toBe(false);
    await killed(next);
    next = await launch();
    page = await next.window('main');
    const line = page.getByTestId('unsaved-texts');
    await expect(line).toContainText('Unsaved text in server.properties on Survival', { timeout: 20_000 });
    await new Pictures(next, page).take('unsaved-line');
    await page.getByTestId('unsaved-open').click();
    await expect(page.getByTestId('text-restored')).toBeVisible({ timeout: 20_000 });
    await expect(line).toHaveCount(0);
  });
});

async function killed({ app }: Perch): Promise<void> {
  const main = app.process();
  const ended = new Promise((resolve) => main.once('exit', resolve));
  main.kill('SIGKILL');
  await ended;
}
