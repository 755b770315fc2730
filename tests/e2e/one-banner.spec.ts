/** Problem banner above a server that can't run: shown once, with a button for help and room to read. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { haveGoodStart } from '../support/good-start.js';
import { Ailing } from './ailing.js';
import { Keyboard } from './keyboard.js';
import { crashForGood } from './other-person.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';
import { Pictures } from './pictures.js';
import { folderOf } from './server-files.js';

const notices = (page: Page) =>
  page.locator('[data-testid=server-view] :is([role=alert], [role=status])[class*=banner]');
const standsOut = (page: Page) => page.locator('[data-testid=server-view] button.primary');
const lines = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('.xterm-rows')?.childElementCount ?? 0);

test('a server that cannot run has one notice with one highlighted button', async ({ sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const servers = new Ailing(page, sandbox);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });

  await test.step('a crashed server, whose notice has the start', async () => {
    await main.openServer('Skyblock');
    const mark = (name: string) => main.state.locator(`[data-mark=${name}]`);
    await expect(mark('running')).toBeVisible({ timeout: 30_000 });
    await crashForGood(sandbox, 'Skyblock');
    await expect(mark('crashed')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByTestId('console-banner')).toContainText('The server crashed.');
    await expect(notices(page)).toHaveCount(1);
    await expect(standsOut(page)).toHaveText(['Start the server']);
    await resizeMain(perch, 720, 440);
    await expect.poll(() => lines(page)).toBeGreaterThanOrEqual(8);
    await page.screenshot({ path: 'out/screens/one-banner-crashed.png' });
    await resizeMain(perch, 1280, 800);
  });

  await test.step('a server without its EULA, with only the agreement as help', async () => {
    await servers.ail('Survival', 'eula');
    await servers.help('Survival', 'eula', /EULA/);
    await page.keyboard.press('Escape');
    await expect(notices(page)).toHaveCount(1);
    await expect(page.getByTestId('fix-it')).toContainText(/The server (crashed|is offline)\./);
    await expect(standsOut(page)).toHaveCount(1);
    await expect(standsOut(page)).toHaveAttribute('data-testid', 'fix-it-open');
    await resizeMain(perch, 720, 440);
    await expect.poll(() => lines(page)).toBeGreaterThanOrEqual(8);
    await expect(page.getByTestId('command-input')).toBeInViewport({ ratio: 1 });
    await page.screenshot({ path: 'out/screens/one-banner-eula.png' });
  });

  await test.step('changes since the last good start above a crashed server', async () => {
    await resizeMain(perch, 1280, 800);
    const skyblock = sandbox.servers.find(({ name }) => name === 'Skyblock')?.uuid ?? '';
    await haveGoodStart(perch.dataFolder, skyblock, { plugin: 'X-2.0.jar', jar: 'older.jar' });
    const plugins = join(folderOf(sandbox, 'Skyblock'), 'plugins');
    mkdirSync(plugins, { recursive: true });
    writeFileSync(join(plugins, 'X-2.1.jar'), 'newer');
    await main.openServer('Skyblock');
    await expect(page.getByTestId('whats-changed')).toContainText('plugins/X-2.1.jar replaced X-2.0.jar');
    await new Pictures(perch, page).take('whats-changed');
    await page.getByTestId('show-changes').click();
    await expect(page.getByTestId('change').first()).toContainText('plugins/X-2.1.jar replaced X-2.0.jar');
    const jar = page.getByTestId('change').filter({ hasText: 'SERVER_JARFILE was changed' });
    await expect(jar).toContainText('older.jar → server.jar');
    await new Pictures(perch, page).take('changes');
    const keys = new Keyboard(page);
    await keys.tabTo(jar.getByTestId('put-value-back'));
    await keys.press('Enter');
    await expect(page.getByTestId('put-value-back-now')).toBeFocused();
    await new Pictures(perch, page).take('changes-question');
    await keys.press('Enter');
    await expect(jar.getByTestId('value-is-back')).toBeFocused();
    await expect(jar).toContainText('older.jar');
    await new Pictures(perch, page).take('changes-back');
  });
});
