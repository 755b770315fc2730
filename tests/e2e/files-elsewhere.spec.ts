/** Files of a server outside of their tab: in the palette, shared, and crash reports that are looked for by hand. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('files are found in the palette and shared, and a crash report is found by hand', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const uuid = sandbox.servers.find(({ name }) => name === 'Survival')?.uuid ?? '';
  const inside = readdirSync(sandbox.folder, { recursive: true, encoding: 'utf8' });
  const folder = join(sandbox.folder, inside.find((path) => path.endsWith(uuid)) ?? '');
  const on = (path: string): string => join(folder, path);
  mkdirSync(on('plugins/Essentials'), { recursive: true });
  for (const path of ['config.yml', 'plugins/Essentials/config.yml']) writeFileSync(on(path), 'motd: old\n');
  await main.openServer('Survival');
  const keys = new Keyboard(page);
  const pictures = new Pictures(perch, page);
  const row = (name: string) => page.locator(`[data-testid=file-row][data-key=${JSON.stringify(name)}]`);

  await test.step('found and opened in the palette by keys', async () => {
    const palette = page.getByTestId('palette');
    await keys.press('Control+k');
    await keys.type('/config.y');
    const found = palette.getByRole('option').filter({ hasText: '/plugins/Essentials' });
    await expect(found).toBeVisible({ timeout: 20_000 });
    await expect(page.getByTestId('palette-notes')).toContainText('found in');
    await pictures.take('palette-files');
    await keys.press('ArrowDown', 'Enter');
    await expect(page.getByTestId('text-editor').getByRole('heading')).toHaveText(
      '/plugins/Essentials/config.yml',
    );
    await expect(page.getByTestId('text-code').getByRole('textbox')).toBeFocused();
    await keys.press('Escape');
    await expect(row('config.yml')).toBeFocused();
  });

  await test.step('a file that is no text says so', async () => {
    writeFileSync(on('server-icon.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    await keys.press('Control+k');
    await keys.type('/icon');
    await expect(page.getByTestId('palette').getByRole('option')).toHaveCount(1, { timeout: 20_000 });
    await keys.press('Enter');
    await expect(page.getByTestId('text-refused')).toBeVisible();
    await pictures.take('editor-refused');
    await page.getByTestId('text-back').click();
    await expect(row('server-icon.png')).toBeFocused();
    await row('plugins').click();
    await row('Essentials').click();
  });

  await test.step('a text is shown before it is shared', async () => {
    writeFileSync(on('plugins/Essentials/config.yml'), 'host: 203.0.113.7\npassword: hunter22\n');
    await row('config.yml').getByTestId('file-more').click();
    await page.getByTestId('file-share').click();
    await expect(page.getByTestId('share-dialog').getByRole('heading')).toHaveText(
      'Share “config.yml” of “Survival”',
    );
    await expect(page.getByTestId('share-preview')).toContainText('[address 1]');
    await pictures.take('files-share');
    await keys.press('Escape');
    await expect(page.getByTestId('share-dialog')).toBeHidden();
  });

  await test.step('a crash report is looked for by hand, and a missing one is told', async () => {
    const look = async (): Promise<void> => {
      await keys.press('Control+k');
      await keys.type('find the crash report');
      await keys.press('Enter');
    };
    await look();
    await expect(page.getByTestId('crash-report-problem')).toContainText('crash-reports/crash-*.txt');
    await pictures.take('crash-report-none');
    await keys.press('Escape');
    await expect(page.getByTestId('crash-report')).toBeHidden();
    mkdirSync(on('crash-reports'));
    const lines = [
      '---- Minecraft Crash Report ----',
      'Description: Ticking entity',
      '',
      'java.lang.Error: no owl',
    ];
    writeFileSync(on('crash-reports/crash-2026-11-29_20.00.00-server.txt'), lines.join('\n'));
    await look();
    await expect(page.getByTestId('crash-report-cause')).toHaveText('Description: Ticking entity');
    await expect(page.getByTestId('crash-report-share')).toBeVisible();
    await pictures.take('crash-report-by-hand');
    await keys.press('Escape');
    await expect(page.getByTestId('crash-report')).toBeHidden();
    rmSync(on('crash-reports'), { recursive: true });
  });
});
