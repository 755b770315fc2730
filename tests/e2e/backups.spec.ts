/** Backups of a server through the window, on the sandbox's real files. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

// Pelican can do all that the others can, and rename. `endpoints.spec.ts` uses the calls of each dialect.
test.use({ sandboxFlags: ['--dialect', 'pelican'] });

test('backups are made, kept, deleted and restored from the window', async ({ sandbox, launch }) => {
  test.slow();
  for (const [name, ageMinutes] of [
    ['Before the winter event', 9000],
    ['Nightly', 700],
  ] as const) {
    await sandbox.control({ do: 'add-backup', server: 'Survival', name, ageMinutes });
  }
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await main.openServer('Survival');
  await expect(page.getByTestId('server-state')).toContainText(/running/i, { timeout: 20_000 });
  const server = new ServerWindow(page);
  await server.tab('Backups');
  const keys = new Keyboard(page);
  const rows = page.getByTestId('backup-row');
  const row = (name: string) => rows.filter({ hasText: name });
  const act = (name: string, entry: string): Promise<void> => server.backup(name, entry);
  const pictures = new Pictures(perch, page);

  await test.step('the list of the panel, newest first', async () => {
    await expect(rows).toHaveCount(2);
    await expect(rows.first()).toContainText('Nightly');
    await expect(page.getByTestId('backups-count')).toContainText('2 of');
    await pictures.take('backups');
  });

  await test.step('a new backup names the files that it leaves out, and is followed to its end', async () => {
    await sandbox.control({ do: 'backups', server: 'Survival', rate: 2000 });
    await page.getByTestId('backup-new').click();
    await page.getByTestId('backup-name').fill('Before the update');
    await page.getByTestId('backup-ignored').fill('*.log\n/cache/');
    await expect(page.getByTestId('backup-leaves')).toContainText('“.log”');
    await pictures.take('backups-new');
    await page.getByTestId('backup-create').click();
    await expect(row('Before the update')).toHaveAttribute('data-backup', 'running');
    await expect(page.getByTestId('backup-form')).toBeHidden();
    await pictures.take('backups-running');
    await sandbox.control({ do: 'backups', server: 'Survival', rate: null });
    await expect(row('Before the update')).toHaveAttribute('data-backup', 'good', { timeout: 60_000 });
  });

  await test.step('by keys: a locked backup stays, an unlocked backup is deleted', async () => {
    await act('Before the winter event', 'backup-lock');
    await expect(row('Before the winter event')).toContainText('locked');
    await row('Before the winter event').getByRole('button').first().focus();
    await page.keyboard.press('Delete');
    await expect(page.getByTestId('backup-delete-question')).toBeHidden();
    await keys.press('ArrowUp');
    await expect(row('Nightly').getByRole('button').first()).toBeFocused();
    await keys.press('Delete');
    await expect(page.getByTestId('backup-delete-question')).toContainText('Nightly');
    await keys.press('Tab');
    await keys.press('Enter');
    await expect(row('Nightly')).toHaveCount(0);
  });

  await test.step('another name', async () => {
    await act('Before the winter event', 'backup-rename');
    await page.getByLabel('Name', { exact: true }).fill('Winter');
    await page.getByTestId('backup-rename-save').click();
    await expect(row('Winter')).toBeVisible();
  });

  await test.step('a restoration waits for a backup, asks for the name, and offers to start', async () => {
    await act('Before the update', 'backup-restore');
    const go = page.getByTestId('restore-go');
    await expect(go).toHaveAttribute('aria-disabled', 'true');
    await page.getByTestId('backup-first').click();
    await expect(page.getByTestId('backup-first-state')).toContainText('are backed up', {
      timeout: 60_000,
    });
    await page.getByTestId('restore-confirm-name').fill('Survival');
    await pictures.take('backups-restore');
    await go.click();
    await expect(page.getByTestId('restoration')).toContainText('has ended', { timeout: 90_000 });
    await expect(row('Before restoring')).toHaveCount(1);
    await pictures.take('backups-restored');
    await page.getByTestId('restoration-start').click();
    await expect(page.getByTestId('server-state')).toContainText(/running/i, { timeout: 60_000 });
  });

  await test.step('a copy on this computer is fetched, shown beside its backup, outlives it and goes', async () => {
    const folder = join(perch.dataFolder, '..', 'copies');
    mkdirSync(folder);
    await perch.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: false, filePaths: [chosen] }) as ReturnType<typeof dialog.showOpenDialog>;
    }, folder);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByTestId('copies-choose').click();
    await expect(page.getByTestId('copies-folder')).toContainText(folder);
    await page.getByTestId('copies-folder').scrollIntoViewIfNeeded();
    await pictures.take('copies-folder');
    await main.openServer('Survival');
    await server.tab('Backups');
    const place = (name: string) => row(name).getByTestId('backup-place');
    await expect(place('Winter')).toContainText('Panel');
    await act('Before restoring', 'copy-fetch');
    await expect(place('Before restoring')).toContainText('Both', { timeout: 20_000 });
    await sandbox.control({ do: 'backups', server: 'Survival', garbled: true });
    await act('Winter', 'copy-fetch');
    await expect(row('Winter').getByTestId('copy-failed')).toContainText('checksum', {
      timeout: 60_000,
    });
    await pictures.take('backups-copies');
    await sandbox.control({ do: 'backups', server: 'Survival', garbled: false });
    await row('Winter').getByTestId('copy-again').click();
    await expect(place('Winter')).toContainText('Both', { timeout: 20_000 });
    await act('Before restoring', 'copy-look');
    const view = page.getByTestId('copy-view');
    const entry = (name: string) => view.getByTestId('copied-file').filter({ hasText: name });
    await expect(entry('world')).toBeVisible({ timeout: 20_000 });
    await pictures.take('copy-files');
    await page.getByTestId('copy-search').fill('LEVEL');
    await expect(entry('world/level.json')).toHaveCount(1);
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await expect(page.getByTestId('copied-text-content')).toContainText('regions');
    await pictures.take('copy-text');
    await perch.app.evaluate(
      ({ dialog }, file) => {
        dialog.showSaveDialog = () =>
          Promise.resolve({ canceled: false, filePath: file }) as ReturnType<typeof dialog.showSaveDialog>;
      },
      join(folder, 'saved.json'),
    );
    await page.getByTestId('copied-text-save').click();
    await keys.press('Escape');
    await expect(page.getByTestId('copied-file-saved')).toContainText('saved.json');
    expect(readFileSync(join(folder, 'saved.json'), 'utf8')).toContain('regions');
    await page.getByTestId('copy-search').fill('');
    await page.getByTestId('copy-back').focus();
    await keys.press('Escape');
    await expect(view).toBeHidden();
    await expect(row('Before restoring').getByRole('button').first()).toBeFocused();
    await act('Winter', 'backup-lock');
    await act('Winter', 'backup-delete');
    await page.getByTestId('backup-delete-go').click();
    await expect(place('not on the panel')).toContainText('Here');
    await act('not on the panel', 'copy-delete');
    await page.getByTestId('copy-delete-go').click();
    await expect(row('not on the panel')).toHaveCount(0);
  });

  await test.step('where the host allows none, a backup of the files comes to this computer', async () => {
    await main.openServer('Lobby');
    await server.tab('Backups');
    await pictures.take('backups-here');
    await page.getByTestId('files-here-begin').click();
    await expect(rows.getByTestId('backup-place')).toContainText(['Here'], { timeout: 60_000 });
    // The archive has left the server.
    await expect(page.getByTestId('files-here')).not.toHaveAttribute('data-step', /./, { timeout: 30_000 });
    await expect(page.getByTestId('files-here-problem')).toBeHidden();
    await pictures.take('backups-here-done');
  });

  await test.step('many servers are backed up one after the other, and each failure names its reason', async () => {
    await sandbox.control({ do: 'backups', server: 'Skyblock', failing: true });
    await page.getByRole('button', { name: /^All servers/ }).click();
    await page.getByTestId('fleet-more').click();
    await page.getByTestId('back-up-all').click();
    await expect(page.getByTestId('bulk-confirm')).toContainText('two backups of a server in ten minutes');
    await expect(page.getByTestId('bulk-confirm')).toContainText('Your host allows no backups');
    await pictures.take('backups-many');
    await page.getByTestId('bulk-go').click();
    const progress = page.getByTestId('bulk-progress');
    await progress.getByRole('button').first().click();
    const item = (name: string) => page.getByTestId('bulk-item').filter({ hasText: name });
    await expect(item('Skyblock')).toHaveAttribute('data-outcome', 'failed', { timeout: 60_000 });
    await expect(item('Skyblock')).toContainText('The backup failed.');
    await expect(item('Creative')).toHaveAttribute('data-outcome', 'done', { timeout: 60_000 });
    // Two backups of this server were made above, so its throttle holds.
    await expect(item('Survival')).toHaveAttribute('data-outcome', 'waiting');
    await expect(item('Survival')).toContainText('within ten minutes');
    await page.getByTestId('bulk-cancel').click();
    await expect(item('Survival')).toHaveAttribute('data-outcome', 'cancelled');
  });
});
