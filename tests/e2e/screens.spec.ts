/** Writes a picture of every view to `out/screens/`, to be looked at, and lets axe look at each as well. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { MainWindow, Onboarding, popoverRow } from './pages.js';
import { expect, test, type Perch } from './perch.js';

const folder = resolve(import.meta.dirname, '../../out/screens');
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = { large: [1280, 800], small: [900, 600] } as const;

/** Rules that axe judges serious or worse and that the page breaks, in words. */
async function seriousProblems(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations } = await axe.run(document);
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

async function resize(perch: Perch, [width, height]: readonly [number, number]): Promise<void> {
  await perch.app.evaluate(
    ({ BrowserWindow }, size) => {
      const main = BrowserWindow.getAllWindows().find((window) =>
        window.webContents.getURL().includes('main.html'),
      );
      main?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
}

async function setTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((wanted) => window.perch.call('settings.update', { theme: wanted }), theme);
  await page.emulateMedia({ colorScheme: theme });
}

async function lookAt(perch: Perch, page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme);
    for (const [word, size] of Object.entries(sizes)) {
      await resize(perch, size);
      // Layout, fonts and the terminal's fit come to rest.
      await page.waitForTimeout(350);
      await page.screenshot({ path: join(folder, `${name}-${theme}-${word}.png`) });
    }
    expect(await seriousProblems(page), `${name} in ${theme}`).toEqual([]);
  }
}

test('every view, light and dark, large and small', async ({ desktop, sandbox, launch }) => {
  mkdirSync(folder, { recursive: true });
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const onboarding = new Onboarding(page);

  await lookAt(perch, page, 'onboarding');
  await onboarding.connect('http://127.0.0.1:9', 'ptlc_wrong');
  await expect(onboarding.problem).toBeVisible();
  await lookAt(perch, page, 'onboarding-problem');

  await onboarding.connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  // Something to see in the figures.
  await main.openServer('Rust Belt');
  await main.sendCommand('burn 40');
  await main.openServer('Survival');
  for (const command of ['leak 300', 'help', 'list', 'say Good evening', 'burn 3'])
    await main.sendCommand(command);
  await page.waitForTimeout(6000);
  await lookAt(perch, page, 'server-running');

  await page.getByTestId('power-kill').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await lookAt(perch, page, 'kill-question');
  await page.keyboard.press('Escape');

  for (const [name, picture] of [
    ['Creative', 'server-offline'],
    ['Event Arena', 'server-suspended'],
    ['Hardcore Season 4', 'server-installing'],
    ['Archive 2022', 'server-unreachable'],
  ] as const) {
    await main.openServer(name);
    await lookAt(perch, page, picture);
  }

  await main.openServer('Skyblock');
  await main.sendCommand('crash');
  await expect(main.state).toContainText(/crashed|starting/);
  await main.sendCommand('crash');
  await page.getByRole('button', { name: 'All servers' }).click();
  await page.waitForTimeout(6000);
  await lookAt(perch, page, 'fleet');
  await page.getByRole('button', { name: 'Settings' }).click();
  await lookAt(perch, page, 'settings');

  await desktop.activateTray();
  const popover = await perch.window('popover');
  await expect(popoverRow(popover, 'Survival')).toBeVisible();
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme);
    await popover.emulateMedia({ colorScheme: theme });
    await popover.waitForTimeout(1500);
    await popover.screenshot({ path: join(folder, `popover-${theme}.png`) });
    expect(await seriousProblems(popover), `popover in ${theme}`).toEqual([]);
  }
  await popoverRow(popover, 'Survival').hover();
  await popover.screenshot({ path: join(folder, 'popover-hover.png') });
});
