/**
 * Accessibility of every view and dialog: axe, contrast in both themes and in forced colours, reduced motion, and Tab
 * as the only input.
 */
import type { Locator, Page } from '@playwright/test';
import { aProgram } from './a-program.js';
import { AccessibilityChecks, plant, planted, defaultMedia } from './accessibility.js';
import { drawnAs } from './forced.js';
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, popoverRow, ServerWindow } from './pages.js';
import { expect, resizeMain, test, press } from './perch.js';

async function connect(page: Page, panel: string, key: string): Promise<void> {
  await new Onboarding(page).connect(panel, key);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 30_000 });
}

test('the fleet, the settings and all layers above them pass with low vision and without a mouse', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const accessibility = new AccessibilityChecks(page);
  const dialog = page.getByRole('dialog');
  const menu = page.getByRole('menu').first();
  const close = async (what: Locator): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(what).toBeHidden();
  };

  await test.step('onboarding', async () => {
    await expect(new Onboarding(page).url).toBeVisible();
    await accessibility.check('onboarding');
    await plant(page);
    const plantedChecks = new AccessibilityChecks(page);
    await plantedChecks.check('planted');
    await page.locator('#planted').evaluate((form) => form.remove());
    for (const what of planted)
      expect(plantedChecks.found, String(what)).toContainEqual(expect.stringMatching(what));
    await new Onboarding(page).connect('http://127.0.0.1:9', 'ptlc_wrong');
    await expect(new Onboarding(page).problem).toBeVisible();
    await accessibility.check('a panel that does not answer');
    await connect(page, sandbox.panel, sandbox.keys.owner);
  });

  await test.step('the fleet', async () => {
    const idOf = async (name: string): Promise<string> =>
      (await main.fleetRow(name).getAttribute('data-server')) ?? '';
    const group = { id: 'g', name: 'Building', isCollapsed: false, serverIds: [await idOf('Creative')] };
    const arranged = { pins: [await idOf('Survival')], groups: [group] };
    await page.evaluate((patch) => window.perch.call('settings.update', patch), arranged);
    // The Tab walk begins after the rows have reached their final places.
    await expect(page.getByTestId('sidebar-section').filter({ hasText: 'Building' })).toBeVisible();
    await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
    await accessibility.check('the fleet');
    for (const name of ['Lobby', 'Skyblock']) await main.fleetRow(name).getByRole('checkbox').check();
    await expect(page.getByTestId('bulk-bar')).toBeVisible();
    await accessibility.check('a selection');
    // The table is one tab stop and the two buttons of its row follow, so the element below is three keys away.
    await main.fleetRow('Lobby').focus();
    await new Keyboard(page).press('Tab', 'Tab', 'Tab');
    await expect(page.getByTestId('bulk-start')).toBeFocused();
  });

  await test.step('states are distinguishable without Perch’s colours', async () => {
    await page.emulateMedia({ ...defaultMedia, forcedColors: 'active' });
    const sidebar = page.getByRole('navigation', { name: 'Servers' });
    const running = page.locator('.mark[data-state=running]');
    const plain = await drawnAs(running);
    await running.click();
    await expect.poll(() => drawnAs(running), 'a filter that is on').not.toBe(plain);
    await running.click();
    await running.blur();
    const pairs: readonly [string, Locator, Locator][] = [
      ['a selected row', main.fleetRow('Lobby'), main.fleetRow('Creative')],
      ['the list that is shown', sidebar.getByText('All servers'), sidebar.getByText('Events')],
      [
        'how the table is grouped',
        page.getByRole('button', { name: 'Groups' }),
        page.getByRole('button', { name: 'List', exact: true }),
      ],
    ];
    for (const [what, one, other] of pairs)
      await expect.poll(async () => (await drawnAs(one)) === (await drawnAs(other)), what).toBe(false);
    const marks = page.getByTestId('fleet-row').locator('svg[data-mark]');
    await expect(async () => {
      const shapes = new Map(
        await marks.evaluateAll((all) => all.map((mark) => [mark.getAttribute('data-mark'), mark.innerHTML])),
      );
      expect([...shapes.keys()]).toEqual(
        expect.arrayContaining(['running', 'offline', 'suspended', 'installing', 'unknown']),
      );
      expect(new Set(shapes.values()).size).toBe(shapes.size);
    }).toPass({ timeout: 30_000 });
    const bars = page.getByTestId('fleet-row').locator('.bar');
    await expect(bars.first()).toHaveCSS('border-bottom-style', 'solid');
    await page.emulateMedia(defaultMedia);
  });

  await test.step('menus of the fleet', async () => {
    const openers: readonly [string, () => Promise<void>][] = [
      ['columns', () => page.getByTestId('columns-menu').click()],
      ['all servers', () => page.getByTestId('fleet-more').click()],
      ['a server', () => main.fleetRow('Creative').click({ button: 'right' })],
      ['the selection', () => page.getByTestId('bulk-more').click()],
      [
        'a group',
        () => page.getByTestId('sidebar-section').filter({ hasText: 'Building' }).click({ button: 'right' }),
      ],
    ];
    for (const [name, open] of openers) {
      await open();
      await expect(menu).toBeVisible();
      await accessibility.check(`the menu of ${name}`, { tab: false });
      if (name !== 'a group') await close(menu);
    }
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await expect(dialog).toBeVisible();
    await accessibility.check('the name of a group');
    await close(dialog);
  });

  await test.step('many at once', async () => {
    await page.getByTestId('bulk-stop').click();
    await expect(page.getByTestId('bulk-confirm')).toBeVisible();
    // The dialog was opened with the pointer.
    await expect.poll(() => new Keyboard(page).ringShows()).toBe(true);
    await accessibility.check('the question about many');
    await page.getByTestId('bulk-pause').fill('0');
    await page.getByTestId('bulk-go').click();
    const progress = page.getByTestId('bulk-progress');
    await progress.getByRole('button').first().click();
    await expect(page.getByTestId('bulk-dismiss')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByTestId('start-again')).toBeVisible();
    await accessibility.check('what was done with many');
    await page.getByTestId('bulk-dismiss').click();
  });

  await test.step('the palette and the keys', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByTestId('palette').getByRole('combobox')).toBeFocused();
    await page.keyboard.type('st');
    await accessibility.check('the palette');
    // The Tab walk may have opened the actions of a server; the first Escape leaves these.
    if (await page.getByTestId('palette-scope').isVisible()) await page.keyboard.press('Escape');
    await close(page.getByTestId('palette'));
    await page.keyboard.press('?');
    await expect(page.getByTestId('shortcut-sheet')).toBeVisible();
    await accessibility.check('the sheet of keys');
    await close(page.getByTestId('shortcut-sheet'));
  });

  await test.step('events', async () => {
    await page.getByRole('button', { name: 'Events' }).click();
    await expect(page.locator('[data-event]').first()).toBeVisible();
    await accessibility.check('events');
  });

  await test.step('the settings', async () => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    const account = page.getByTestId('account');
    await expect(account).toBeVisible();
    await accessibility.check('the settings');
    for (const button of ['Rename', 'Replace', 'Remove']) {
      await account.getByRole('button', { name: button }).click();
      await expect(dialog).toBeVisible();
      await accessibility.check(`${button} a panel`);
      await close(dialog);
    }
  });

  await test.step('a narrow window', async () => {
    await resizeMain(perch, 720, 560);
    await accessibility.check('the settings in a narrow window');
    await page.getByRole('button', { name: 'All servers' }).click();
    await accessibility.check('the fleet in a narrow window');
    await main.fleetRow('Survival').click();
    await expect(page.getByTestId('server-view')).toBeVisible();
    await accessibility.check('a server in a narrow window');
  });

  await test.step('the popover', async () => {
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popoverRow(popover, 'Survival')).toBeVisible();
    const popoverChecks = new AccessibilityChecks(popover);
    await popoverChecks.check('the popover');
    popoverChecks.expectNoFaults();
  });
  accessibility.expectNoFaults();
});

test('a server, its tabs and all layers above them pass with low vision and without a mouse', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  const accessibility = new AccessibilityChecks(page);
  const dialog = page.getByRole('dialog');
  const input = page.getByTestId('command-input');
  const close = async (what: Locator): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(what).toBeHidden();
  };
  const tab = async (name: string): Promise<void> => {
    await page.getByTestId('server-view').getByRole('tab', { name }).click();
  };
  await connect(page, sandbox.panel, sandbox.keys.owner);

  await test.step('the console', async () => {
    await main.openServer('Survival');
    await expect(input).toBeEnabled({ timeout: 20_000 });
    await main.sendCommand('say good evening');
    await expect(page.getByTestId('chart-memory')).toContainText('MiB');
    await accessibility.check('the console');
    // Text for screen readers lies above the visible text; forced colours used to draw a background behind it.
    await page.emulateMedia({ ...defaultMedia, forcedColors: 'active' });
    const shown = page.locator('[data-terminal]');
    await expect(async () => {
      const withHiddenText = await shown.screenshot();
      const hide = await page.addStyleTag({ content: '.xterm-accessibility { visibility: hidden; }' });
      const withoutHiddenText = await shown.screenshot();
      await hide.evaluate((style) => style.parentNode?.removeChild(style));
      expect(withHiddenText.equals(withoutHiddenText)).toBe(true);
    }).toPass({ timeout: 40_000 });
    await page.emulateMedia(defaultMedia);
    await input.focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('evening');
    await expect(page.getByTestId('console-search')).toBeVisible();
    await accessibility.check('the search in the console');
    await page.emulateMedia({ ...defaultMedia, forcedColors: 'active' });
    const found = page.locator('.xterm-decoration.found');
    await expect(found).toHaveCount(2);
    await expect(found.first()).toHaveCSS('border-bottom-style', 'solid');
    // The current entry has a filled background.
    const grounds = (): Promise<string[]> =>
      page
        .locator('.xterm-rows span[style*=background]')
        .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).backgroundColor))]);
    await expect.poll(grounds).toHaveLength(2);
    await page.emulateMedia(defaultMedia);
    await page.getByTestId('console-search').getByRole('textbox').focus();
    await close(page.getByTestId('console-search'));
    await page.getByTestId('history').click();
    await accessibility.check('the history', { tab: false });
    await close(page.getByTestId('history-search'));
  });

  await test.step('over the console', async () => {
    const kept = [{ id: 'one', name: 'Save', command: 'save-all flush' }];
    await press(page);
    await page.evaluate((snippets) => window.perch.call('settings.update', { snippets }), kept);
    await page.getByTestId('snippets').click();
    await accessibility.check('the snippets', { tab: false });
    await page.getByRole('button', { name: 'Edit the snippets' }).click();
    await expect(page.getByTestId('snippets-dialog')).toBeVisible();
    await accessibility.check('the snippets as they are edited');
    await close(page.getByTestId('snippets-dialog'));
    await input.evaluate((line) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'whitelist add Ada\nsave-all\n');
      line.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(page.getByTestId('paste-question')).toBeVisible();
    await accessibility.check('what was pasted');
    await close(page.getByTestId('paste-question'));
    await page.getByTestId('sftp-details').click();
    await accessibility.check('SFTP details');
    await page.getByTestId('sftp-details').click();
    await server.kill();
    await expect(dialog).toBeVisible();
    await accessibility.check('the question before a kill');
    await close(dialog);
    await server.power('more').click();
    await page.getByTestId('power-menu-warn').click();
    await expect(page.getByTestId('warn-question')).toBeVisible();
    await accessibility.check('a restart with a warning');
    await page.getByTestId('warn-go').click();
    await expect(page.getByTestId('warned-line')).toBeVisible();
    await accessibility.check('a restart that is to come');
    await page.getByTestId('call-off').click();
    await page.getByTestId('alerts-button').click();
    await accessibility.check('the menu of notifications', { tab: false });
    await page.getByTestId('alerts-kinds').click();
    await expect(page.getByTestId('alert-question')).toBeVisible();
    await accessibility.check('notifications of a server');
    await close(page.getByTestId('alert-question'));
  });

  await test.step('its other tabs', async () => {
    await tab('Events');
    await accessibility.check('events of a server');
    await tab('Startup');
    await server.startupIsRead();
    await page.getByTestId('variable-VIEW_DISTANCE').getByRole('textbox').fill('100');
    await accessibility.check('startup');
    await page.getByRole('button', { name: 'Discard' }).click();
    await tab('Settings');
    await page.getByTestId('permissions-list').getByRole('button', { name: 'Show the list' }).click();
    await server.description.fill('Another one');
    await accessibility.check('settings of a server');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByTestId('reinstall').click();
    await expect(dialog).toBeVisible();
    await accessibility.check('the question before a reinstallation');
    await close(dialog);
  });

  await test.step('a program asks', async () => {
    const program = await aProgram(desktop.env, perch.dataFolder, 'Robot');
    const answer = program.call('power', { server: 'Survival', signal: 'stop' });
    await expect(page.getByTestId('consent-question')).toBeVisible({ timeout: 20_000 });
    await accessibility.check('the question of a program');
    // After 50 s Perch refuses for the user. On a slow machine the check above may take longer.
    const refuse = page.getByTestId('consent-question').getByRole('button', { name: 'Refuse' });
    await refuse.click({ timeout: 5000 }).catch(() => undefined);
    expect(await answer).toMatchObject({ isError: true });
    await program.client.close();
  });

  await test.step('it was stopped', async () => {
    await tab('Console');
    await server.power('stop').click();
    await expect(page.getByTestId('stopped-toast')).toBeVisible({ timeout: 30_000 });
    await page.getByTestId('stopped-toast').hover();
    await accessibility.check('a server that was stopped');
  });
  accessibility.expectNoFaults();
});
