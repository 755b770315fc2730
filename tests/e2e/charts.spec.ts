import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { keepUsage } from '../support/kept-usage.js';
import { seriousProblems } from './axe.js';
import { crashForGood } from './other-person.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test, type Perch } from './perch.js';

/** Stubs the native dialog, whose buttons a test can't press. */
async function answerSaveDialog(app: ElectronApplication, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: false, filePath: path }) as ReturnType<typeof dialog.showSaveDialog>;
  }, filePath);
}

async function opened(perch: Perch): Promise<{ page: Page; main: MainWindow }> {
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  return { page, main };
}

/** Time from the choice of the range until its charts are painted, in ms. */
function timeToDraw(page: Page, range: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const charts = document.querySelector<HTMLElement>('[data-testid=figures]');
        const began = performance.now();
        document.querySelector<HTMLElement>(`[data-testid=chart-range] input[value="${wanted}"]`)?.click();
        const awaitRange = (): void => {
          if (charts?.dataset['range'] !== wanted) requestAnimationFrame(awaitRange);
          else requestAnimationFrame(() => resolve(performance.now() - began));
        };
        awaitRange();
      }),
    range,
  );
}

test('charts reach from five minutes to a month', async ({ desktop, sandbox, launch }) => {
  const first = await launch();
  await new Onboarding(await first.window('main')).connect(sandbox.panel, sandbox.keys.owner);
  const serverId = await (await opened(first)).main.fleetRow('Survival').getAttribute('data-server');
  await first.quit();
  await keepUsage(join(first.dataFolder, 'history'), serverId ?? '', 30);

  const perch = await launch();
  const { page, main } = await opened(perch);
  const chart = page.getByTestId('chart-cpu').getByRole('slider');
  const charts = page.getByTestId('figures');
  await main.openServer('Survival');

  await test.step('the first range is as small as the known samples, and arrow keys choose others', async () => {
    await expect(charts).toHaveAttribute('data-range', '1h');
    await page.getByRole('radio', { name: 'Last hour' }).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(charts).toHaveAttribute('data-range', '5m');
  });

  await test.step('a month is drawn within 300 ms, or not much later than an hour on a busy machine', async () => {
    // One fast run is enough. Opening the view again reads the range again.
    await expect(async () => {
      await main.openServer('Lobby');
      await main.openServer('Survival');
      await timeToDraw(page, '5m');
      const hourMs = await timeToDraw(page, '1h');
      expect(await timeToDraw(page, '30d')).toBeLessThan(Math.max(300, 4 * hourMs));
    }).toPass({ timeout: 60_000 });
    await chart.focus();
    await page.keyboard.press('Home');
    await expect(chart).toHaveAttribute('aria-valuetext', /%/);
  });

  await test.step('players have a chart with their past, and stand wherever the server does', async () => {
    const players = page.getByTestId('chart-players').getByRole('slider');
    await players.focus();
    await page.keyboard.press('Home');
    await expect(players).toHaveAttribute('aria-valuetext', /, \d+/);
    await expect(page.getByTestId('players-week')).toContainText(/Peak in 30 days: \d+\s+Busiest: \w+/);
    await main.sendCommand('join Olive');
    await main.sendCommand('list');
    await expect(page.locator('header').getByTestId('players')).toContainText(/^[1-9]\d* (of 20 )?players?/);
    await expect(players).toHaveAttribute('aria-label', /^Players [1-9]/);
    await page
      .getByRole('button', { name: /^All servers/ })
      .first()
      .click();
    await expect(main.fleetRow('Survival').locator('.players')).toHaveText(/^[1-9]\d*(\/20)?$/);
    await page.getByTestId('fleet-filter').fill('players>0');
    await expect(main.fleetRow('Survival')).toBeVisible();
    await page.getByTestId('fleet-filter').fill('players:empty survival');
    await expect(main.fleetRow('Survival')).toBeHidden();
    await page.keyboard.press('Escape');
    await main.openServer('Survival');
    await expect(charts).toHaveAttribute('data-range', '30d');
    await chart.focus();
    await page.keyboard.press('Home');
  });

  await test.step('keys zoom, move along, and show all again', async () => {
    const reach = async (): Promise<number> => -Number(await chart.getAttribute('aria-valuemin'));
    await expect.poll(reach).toBeGreaterThan(0);
    const whole = await reach();
    await page.keyboard.press('Escape');
    await page.keyboard.press('+');
    await expect.poll(reach).toBeLessThan(whole * 0.6);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect(page.getByTestId('chart-show-all')).toBeVisible();
    await page.keyboard.press('0');
    await expect(page.getByTestId('chart-show-all')).toBeHidden();
    expect(await seriousProblems(page)).toEqual([]);
  });

  await test.step('the visible samples become a table and a picture', async () => {
    const table = join(desktop.folder, 'usage.csv');
    await answerSaveDialog(perch.app, table);
    await page.getByTestId('chart-more').click();
    await page.getByTestId('chart-save-csv').click();
    await expect(page.getByTestId('chart-saved')).toContainText(table);
    expect(readFileSync(table, 'utf8').split('\r\n').length).toBeGreaterThan(2000);
    const picture = join(desktop.folder, 'usage.png');
    await answerSaveDialog(perch.app, picture);
    await page.getByTestId('chart-more').click();
    await page.getByTestId('chart-save-png').click();
    await expect(page.getByTestId('chart-saved')).toContainText(picture);
    expect(readFileSync(picture).length).toBeGreaterThan(5000);
  });

  await test.step('events are marks on the line, a crash stays in sight, and an offline server has a strip', async () => {
    await main.sendCommand('crash');
    await expect(page.getByTestId('chart-events').getByRole('button').last()).toHaveAccessibleName(
      /Survival crashed, \d\d:\d\d:\d\d/,
      { timeout: 20_000 },
    );
    await crashForGood(sandbox, 'Survival');
    await expect(main.state).toContainText('crashed', { timeout: 20_000 });
    // Charts of a stopped server would collapse within this time.
    await page.waitForTimeout(9000);
    await expect(chart).toBeVisible();
    await page.getByTestId('power-start').click();
    await expect(main.state).toContainText('running', { timeout: 30_000 });
    await page.getByTestId('power-stop').click();
    await expect(chart).toBeHidden({ timeout: 40_000 });
    await expect(page.getByTestId('figures')).toContainText('Disk');
    await page.getByTestId('charts-toggle').click();
    await expect(chart).toBeVisible();
  });
});
