/** Fleet table as a person arranges it: columns are stored, and servers near a limit stand out and can be found. */
import type { Page } from '@playwright/test';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';

const shown = (page: Page): Promise<(string | undefined)[]> =>
  page
    .locator('[role=columnheader][data-column]')
    .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset['column']));
const widthOf = (page: Page, column: string): Promise<number> =>
  page.locator(`[data-column=${column}]`).evaluate((cell) => Math.round(cell.getBoundingClientRect().width));

test('rows show their buttons; columns are chosen, ordered and sized, by pointer and keys, and are kept', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await resizeMain(perch, 1280, 800);

  await test.step('the focused row shows its buttons, and Start is the first button of an offline server', async () => {
    await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 20_000 });
    await page.getByTestId('fleet-filter').focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[data-testid=fleet-row]:focus .actions')).toHaveCSS('opacity', '1');
    await expect(main.fleetRow('Creative').getByTestId('power-start')).toHaveClass(/primary/);
    await expect(main.fleetRow('Lobby').getByTestId('power-stop')).not.toHaveClass(/primary/);
  });

  await test.step('a window of 1,280 px has no room for all, and shows each to whoever wants it', async () => {
    await expect
      // The column appears as soon as the first game has answered.
      .poll(() => shown(page), { timeout: 20_000 })
      .toEqual(['name', 'state', 'cpu', 'memory', 'disk', 'players', 'address', 'node']);
    await page.getByTestId('columns-menu').click();
    await page.getByTestId('column-show-network').click();
    await page.getByTestId('column-show-players').click();
    await page.getByTestId('column-show-address').click();
    await expect.poll(() => shown(page)).toEqual(expect.arrayContaining(['disk', 'network', 'node']));
    await expect.poll(() => shown(page)).not.toContain('address');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('columns-menu')).toBeFocused();
  });

  await test.step('keys go along the head, and move and size a column', async () => {
    await page.getByTestId('fleet-sort-memory').focus();
    await page.keyboard.press('ArrowLeft');
    await expect(page.getByTestId('fleet-sort-cpu')).toBeFocused();
    await page.keyboard.press('Alt+ArrowLeft');
    await expect.poll(async () => (await shown(page)).slice(0, 3)).toEqual(['name', 'cpu', 'state']);
    await expect(page.getByTestId('fleet-sort-cpu')).toBeFocused();
    const before = await widthOf(page, 'cpu');
    await page.keyboard.press('Shift+ArrowRight');
    await expect.poll(() => widthOf(page, 'cpu')).toBe(before + 16);
  });

  await test.step('the pointer drags an edge, and a column to another place', async () => {
    const before = await widthOf(page, 'disk');
    await page.locator('[data-column=disk] .edge').hover();
    await page.mouse.down();
    const edge = await page.locator('[data-column=disk] .edge').boundingBox();
    await page.mouse.move((edge?.x ?? 0) + 44, edge?.y ?? 0, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => widthOf(page, 'disk')).toBeGreaterThan(before + 25);
    await page.getByTestId('fleet-sort-node').hover();
    await page.mouse.down();
    const state = await page.locator('[data-column=state]').boundingBox();
    await page.mouse.move((state?.x ?? 0) + 10, (state?.y ?? 0) + 10, { steps: 6 });
    await page.mouse.up();
    await expect.poll(async () => (await shown(page)).slice(0, 4)).toEqual(['name', 'cpu', 'node', 'state']);
    // The drag did not sort the column.
    await expect(page.locator('[data-column=node]')).toHaveAttribute('aria-sort', 'none');
  });

  const [columns, disk] = [await shown(page), await widthOf(page, 'disk')];
  await perch.quit();
  const again = await (await launch()).window('main');
  await expect.poll(() => shown(again)).toEqual(columns);
  await expect.poll(() => widthOf(again, 'disk')).toBe(disk);
  await again.getByTestId('columns-menu').click();
  await again.getByTestId('column-reset').click();
  await expect.poll(async () => (await shown(again)).slice(0, 3)).toEqual(['name', 'state', 'cpu']);
  await again.getByTestId('columns-menu').click();
  await again.getByTestId('column-show-description').click();
  await again.keyboard.press('Escape');
  await expect(again.locator('[data-testid=fleet-row] .description').first()).toBeVisible();

  await test.step('the menu of the names shows only servers of others', async () => {
    const rows = again.getByTestId('fleet-row');
    const all = await rows.count();
    await again.getByTestId('fleet-sort-name').click({ button: 'right' });
    await again.getByTestId('column-only-shared').click();
    await expect(again.locator('[data-state=shared]')).toBeVisible();
    await expect.poll(() => rows.count()).toBeLessThan(all);
    await again.locator('[data-state=shared]').click();
    await expect.poll(() => rows.count()).toBe(all);
  });
});

test.describe('among many servers', () => {
  test.use({ sandboxFlags: ['--servers', '60'] });

  test('those near a limit have marked bars, and are found by them', async ({ sandbox, launch }) => {
    const page = await (await launch()).window('main');
    const rows = page.getByTestId('fleet-row');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    const near = page.getByTestId('near-limit');
    await expect(near).toHaveText(/near limit\s+[1-9]/, { timeout: 60_000 });
    await near.click();
    // Figures change every second, search results every two seconds.
    await expect(async () => {
      const [all, theirs] = [
        await rows.count(),
        await rows.filter({ has: page.locator('.bar.near') }).count(),
      ];
      expect(theirs).toBe(all);
      expect(all).toBeGreaterThan(0);
    }).toPass({ timeout: 20_000 });
    await near.click();
    await expect(rows.filter({ hasNot: page.locator('.bar.near') }).first()).toBeVisible();
  });
});
