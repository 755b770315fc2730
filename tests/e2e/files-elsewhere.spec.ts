/** Files of a server outside of their tab: in the palette, shared, and crash reports that are looked for by hand. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from './perch.js';
import { survivalFiles } from './server-files.js';

test('files are found in the palette and shared, and a crash report is found by hand', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const { page, main, keys, pictures, on, row } = await survivalFiles(perch, sandbox);
  mkdirSync(on('plugins/Essentials'), { recursive: true });
  for (const path of ['config.yml', 'plugins/Essentials/config.yml']) writeFileSync(on(path), 'motd: old\n');
  await main.openServer('Survival');

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

  await test.step('the dialog shows a text before sharing', async () => {
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

  await test.step('a search for a crash report by hand, and a missing report', async () => {
    const findReport = async (): Promise<void> => {
      await keys.press('Control+k');
      await keys.type('find the crash report');
      await keys.press('Enter');
    };
    await findReport();
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
    await findReport();
    await expect(page.getByTestId('crash-report-cause')).toHaveText('Description: Ticking entity');
    await expect(page.getByTestId('crash-report-share')).toBeVisible();
    await pictures.take('crash-report-by-hand');
    await keys.press('Escape');
    await expect(page.getByTestId('crash-report')).toBeHidden();
    rmSync(on('crash-reports'), { recursive: true });
  });
});
