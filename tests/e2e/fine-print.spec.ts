/** Visual details in all views: aligned figures, chips on one line, text without ligatures, quick buttons. */
import type { Locator } from '@playwright/test';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';

const ligaturesOf = (where: Locator): Promise<string> =>
  where.first().evaluate((element) => getComputedStyle(element).fontVariantLigatures);
/** Left edge of each figure in the column, and whether the figure fits in its cell. */
const networkFigures = (cells: Locator): Promise<{ left: number; isWithin: boolean }[][]> =>
  cells.evaluateAll((found) =>
    found.map((cell) => {
      const { left, right } = cell.getBoundingClientRect();
      return [...cell.querySelectorAll('.ways > span')].map((figure) => {
        const text = document.createRange();
        text.selectNodeContents(figure);
        const drawn = text.getBoundingClientRect();
        return {
          left: Math.round(figure.getBoundingClientRect().left - left),
          isWithin: drawn.left >= left - 0.5 && drawn.right <= right + 0.5,
        };
      });
    }),
  );

test('figures, chips, letters and quick buttons are aligned', async ({ sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });

  await test.step('the figures of the network stand in two columns within their cells', async () => {
    await resizeMain(perch, 1280, 800);
    await page.getByTestId('columns-menu').click();
    await page.getByTestId('column-show-network').click();
    await page.getByTestId('column-show-address').click();
    await page.keyboard.press('Escape');
    const cells = page.locator('[data-testid=fleet-row] .network:not(.none)');
    await expect.poll(() => cells.count(), { timeout: 30_000 }).toBeGreaterThan(1);
    await expect(async () => {
      const figures = await networkFigures(cells);
      expect(figures.flat().every(({ isWithin }) => isWithin)).toBe(true);
      expect(new Set(figures.map((ways) => ways.map(({ left }) => left).join(' '))).size).toBe(1);
      expect(figures[0]).toHaveLength(2);
    }).toPass({ timeout: 20_000 });
  });

  await test.step('the chips above the table keep one line, also in a narrow window', async () => {
    await resizeMain(perch, 720, 440);
    const chips = page.getByRole('group', { name: 'Show only servers that are' }).getByRole('button');
    await expect.poll(() => chips.count()).toBeGreaterThan(3);
    const tops = (): Promise<number[]> =>
      chips.evaluateAll((all) => [
        ...new Set(all.map((chip) => Math.round(chip.getBoundingClientRect().top))),
      ]);
    await expect.poll(tops).toHaveLength(1);
    for (const chip of await chips.all()) await expect(chip).toBeInViewport({ ratio: 1 });
    await resizeMain(perch, 1280, 800);
  });

  await test.step('Enter on the head of a group opens the view of the group', async () => {
    const id = (await main.fleetRow('Survival').getAttribute('data-server')) ?? '';
    await page.evaluate(
      (serverId) =>
        window.perch.call('settings.update', {
          groups: [{ id: 'g', name: 'Weekend', isCollapsed: false, serverIds: [serverId] }],
        }),
      id,
    );
    const head = page.getByTestId('fleet-section').filter({ hasText: 'Weekend' });
    await head.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Weekend' })).toBeVisible();
    await expect(page.getByTestId('fleet-row')).toHaveCount(1);
    await page.getByRole('button', { name: 'All servers' }).click();
  });

  await test.step('a row that is pointed at has Restart, which works', async () => {
    const row = main.fleetRow('Survival');
    const restart = row.getByTestId('power-restart');
    await page.getByRole('heading', { level: 1 }).hover();
    await expect(restart).toBeHidden();
    await row.hover();
    await expect(restart).toBeInViewport({ ratio: 1 });
    await restart.click();
    await expect(row).toContainText(/restarting|starting|stopping/);
    await expect(row).toContainText('running', { timeout: 60_000 });
  });

  await test.step('… and Console, which leads there; no letters are joined there or in addresses', async () => {
    const row = main.fleetRow('Survival');
    await row.hover();
    await row.getByTestId('row-console').click();
    await expect(page.getByTestId('command-input')).toBeVisible();
    const address = page.getByRole('button', { name: /^Copy address/ });
    for (const where of [page.locator('.xterm-rows'), page.getByTestId('command-input'), address])
      expect(await ligaturesOf(where)).toBe('none');
  });

  await test.step('the hours stand below the strip of the day', async () => {
    await page.getByTestId('server-view').getByRole('tab', { name: 'Events' }).click();
    await expect(async () => {
      const strip = await page.getByTestId('state-strip').boundingBox();
      const axis = await page.getByTestId('uptime-axis').boundingBox();
      if (strip === null || axis === null) throw new Error('There is no strip or no axis.');
      expect(axis.y).toBeGreaterThanOrEqual(strip.y + strip.height);
      expect([Math.round(axis.x), Math.round(axis.width)]).toEqual([
        Math.round(strip.x),
        Math.round(strip.width),
      ]);
    }).toPass({ timeout: 20_000 });
    await expect(page.getByTestId('uptime-axis').getByRole('listitem').last()).toHaveText('now');
  });
});
