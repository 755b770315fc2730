/** Fleet, palette, console and popover in the pseudo-language, in their smallest windows. */
import type { Page } from '@playwright/test';
import { popoverRow } from './pages.js';
import { expect, resizeMain, test } from './perch.js';
import { layoutFaults } from './pseudo-walk.js';

test.use({ language: 'pseudo' });

/** Perch's own name, and counts that are hidden as a whole where they do not fit. */
const apart = 'h1.unseen, p.counts';

async function expectNoLayoutFaults(page: Page, within: string, what: string): Promise<void> {
  await expect.poll(() => layoutFaults(page, { within, apart }), { message: what }).toEqual([]);
}

test('the fleet, the palette, a console and the popover fit in the pseudo-language', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const row = (name: string) => page.getByTestId('fleet-row').filter({ hasText: name });
  const close = async (testid: string): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(page.getByTestId(testid)).toBeHidden();
  };
  await resizeMain(perch, 900, 600);
  await page.locator('input[name=url]').fill(sandbox.panel);
  await page.locator('input[name=key]').fill(sandbox.keys.owner);
  await page.getByTestId('connect').click();
  await expect(row('Survival').locator('[data-mark=running]')).toBeVisible({ timeout: 30_000 });

  await test.step('the fleet and its menus', async () => {
    await expectNoLayoutFaults(page, 'body', 'the fleet');
    await row('Survival').click({ button: 'right' });
    await expect(page.getByTestId('fleet-menu')).toBeVisible();
    await expectNoLayoutFaults(page, '[data-testid=fleet-menu]', 'the menu of a server');
    await page.getByTestId('fleet-menu').getByRole('menuitem').filter({ hasText: 'gřóüp' }).first().hover();
    await page.keyboard.press('ArrowRight');
    await page.getByTestId('menu-new-group').click();
    await expect(page.getByTestId('group-answer')).toBeVisible();
    await expectNoLayoutFaults(page, 'dialog', 'the question for a group');
    await page.locator('input[name=group]').fill('Events');
    await page.getByTestId('group-answer').click();
    await expect(page.getByTestId('fleet-section').filter({ hasText: 'Events' })).toBeVisible();
    await expectNoLayoutFaults(page, 'body', 'the fleet with a group');
    await page.getByTestId('fleet-filter').fill('no such server');
    await expect(page.getByTestId('fleet-empty')).toBeVisible();
    await expectNoLayoutFaults(page, 'main', 'nothing found');
    await page.getByTestId('fleet-filter').fill('');
  });

  await test.step('a selection and its bulk action', async () => {
    for (const name of ['Survival', 'Lobby', 'Creative']) await row(name).getByTestId('fleet-select').check();
    await expectNoLayoutFaults(page, 'body', 'a selection');
    await page.getByTestId('bulk-restart').click();
    await expect(page.getByTestId('bulk-confirm')).toBeVisible();
    await expectNoLayoutFaults(page, 'dialog', 'the question about many');
    await page.getByTestId('bulk-pause').fill('60');
    await page.getByTestId('bulk-go').click();
    const progress = page.getByTestId('bulk-progress');
    await progress.getByRole('button').first().click();
    await expectNoLayoutFaults(page, '[data-testid=bulk-progress]', 'the progress');
    await page.getByTestId('bulk-cancel').click();
    await page.getByTestId('bulk-dismiss').click({ timeout: 30_000 });
  });

  await test.step('the palette', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByTestId('palette').getByRole('combobox')).toBeFocused();
    await expectNoLayoutFaults(page, '[data-testid=palette]', 'the palette');
    await page.keyboard.type('nothing like this');
    await expectNoLayoutFaults(page, '[data-testid=palette]', 'nothing found in the palette');
    await close('palette');
  });

  await test.step('a console', async () => {
    await page.getByTestId('sidebar-server').filter({ hasText: 'Survival' }).click();
    await expect(page.getByTestId('command-input')).toBeEnabled({ timeout: 20_000 });
    await expectNoLayoutFaults(page, 'section.console', 'the console');
    await page.getByTestId('command-input').focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nothing like this');
    await expectNoLayoutFaults(page, 'section.console', 'the search in the console');
    await close('console-search');
    await page.getByTestId('history').click();
    await expect(page.getByTestId('history-search')).toBeVisible();
    await expectNoLayoutFaults(page, 'section.console', 'the history');
    await close('history-search');
    await page.getByTestId('snippets').click();
    await expect(page.getByTestId('snippets-list')).toBeVisible();
    await expectNoLayoutFaults(page, 'section.console', 'the snippets');
    await page.getByTestId('snippets-list').getByRole('button').last().click();
    const dialog = page.getByTestId('snippets-dialog');
    await dialog.getByRole('button').first().click();
    await expectNoLayoutFaults(page, 'dialog', 'the snippets as they are edited');
    await page.keyboard.press('Escape');
    await page.getByRole('toolbar').getByRole('button').last().click();
    await expect(page.getByTestId('console-menu')).toBeVisible();
    await expectNoLayoutFaults(page, '[data-testid=console-menu]', 'the menu of the console');
    await close('console-menu');
  });

  await test.step('the popover', async () => {
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popoverRow(popover, 'Survival')).toBeVisible();
    await expectNoLayoutFaults(popover, 'body', 'the popover');
    await popoverRow(popover, 'Survival').hover();
    await expectNoLayoutFaults(popover, 'body', 'a server of the popover');
  });
});
