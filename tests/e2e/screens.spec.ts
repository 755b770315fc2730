/** Writes pictures of every view to `out/screens/`, and checks each with axe. */
import type { Locator } from '@playwright/test';
import { crashForGood } from './other-person.js';
import { choose, MainWindow, Onboarding, popoverRow, ServerWindow } from './pages.js';
import { expect, test, press } from './perch.js';
import { Pictures } from './pictures.js';

test('every view, light and dark, large and small', async ({ desktop, sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const pictures = new Pictures(perch, page);
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  const onboarding = new Onboarding(page);
  const dialog = page.getByRole('dialog');
  const input = page.getByTestId('command-input');
  const variable = (env: string): Locator =>
    page.getByTestId(`variable-${env}`).locator('input, [role=combobox]');
  const close = async (what: Locator): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(what).toBeHidden();
  };

  await test.step('onboarding', async () => {
    await expect(onboarding.url).toBeVisible();
    await pictures.take('onboarding');
    await onboarding.connect('http://127.0.0.1:9', 'ptlc_wrong');
    await expect(onboarding.problem).toBeVisible();
    await pictures.take('onboarding-problem');
    await onboarding.connect(sandbox.panel, sandbox.keys.owner);
    await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  });

  await test.step('a console at work', async () => {
    // Produces load, so that the charts show changes.
    await main.openServer('Rust Belt');
    await main.sendCommand('burn 12');
    await main.openServer('Survival');
    for (const command of ['leak 300', 'help', 'list', 'say Good evening', 'burn 3']) {
      await main.sendCommand(command);
    }
    // All calls are answered, and the charts have the two samples that a line needs.
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('The core is cold again');
    for (const kind of ['cpu', 'network']) {
      await expect(page.getByTestId(`chart-${kind}`).locator('.quiet')).toBeHidden({ timeout: 20_000 });
    }
    await pictures.take('server-running');
    await page.getByTestId('charts-toggle').click();
    await pictures.take('server-charts-hidden');
    await page.getByTestId('charts-toggle').click();
    await server.kill();
    await expect(dialog).toBeVisible();
    await pictures.take('kill-question');
    await close(dialog);
  });

  await test.step('over the console', async () => {
    await input.focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('evening');
    await expect(page.getByTestId('console-search-count')).toContainText('of');
    await pictures.take('console-search');
    await close(page.getByTestId('console-search'));
    await main.sendCommand('say rcon password is hunter22, write to olive@birdmail.example or 203.0.113.77');
    await expect.poll(() => main.consoleText()).toContain('203.0.113.77');
    await page.getByRole('button', { name: 'More for the console' }).click();
    await page.getByRole('menuitem', { name: 'Share the console…' }).click();
    await expect(page.getByTestId('share-preview').locator('ins').first()).toBeVisible();
    await pictures.take('share-log');
    await close(dialog);
    await input.focus();
    await page.keyboard.press('Control+r');
    await expect(page.getByTestId('history-search')).toBeVisible();
    await pictures.take('console-history');
    await close(page.getByTestId('history-search'));
    await input.evaluate((line) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'whitelist add Ada\nwhitelist add Olive\nsay Welcome\nsave-all\n');
      line.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await expect(page.getByTestId('paste-question')).toBeVisible();
    await pictures.take('paste-question');
    await close(page.getByTestId('paste-question'));
    const snippets = [
      { id: 'one', name: 'Save the world', command: 'save-all flush' },
      { id: 'two', name: 'Restart warning', command: 'say The server restarts in five minutes.' },
      { id: 'three', name: '', command: 'weather clear 6000' },
    ];
    await press(page);
    await page.evaluate((kept) => window.perch.call('settings.update', { snippets: kept }), snippets);
    await page.getByTestId('snippets').click();
    await pictures.take('snippets');
    await page.getByRole('button', { name: 'Edit the snippets' }).click();
    await expect(page.getByTestId('snippets-dialog')).toBeVisible();
    await pictures.take('snippets-dialog');
    await close(page.getByTestId('snippets-dialog'));
    await page.getByTestId('sftp-details').click();
    await pictures.take('server-sftp');
    await close(page.getByRole('dialog', { name: 'SFTP details' }));
    await page.keyboard.press('Control+k');
    await pictures.take('palette');
    await page.keyboard.type('st');
    await pictures.take('palette-search');
    await close(page.getByTestId('palette'));
  });

  await test.step('servers in other states', async () => {
    for (const [name, picture] of [
      ['Creative', 'server-offline'],
      ['Event Arena', 'server-suspended'],
      ['Hardcore Season 4', 'server-installing'],
      ['Archive 2022', 'server-unreachable'],
    ] as const) {
      await main.openServer(name);
      await pictures.take(picture);
    }
    await expect(page.getByTestId('chart-cpu')).toContainText('not measured');
  });

  await test.step('startup', async () => {
    await main.openServer('Survival');
    await server.tab('Startup');
    await expect(page.getByTestId('startup-command')).toBeVisible();
    await pictures.take('startup');
    await choose(variable('DIFFICULTY'), 'hard');
    await variable('ONLINE_MODE').click();
    await pictures.take('startup-unsaved');
    await variable('VIEW_DISTANCE').fill('100');
    await variable('VIEW_DISTANCE').scrollIntoViewIfNeeded();
    await pictures.take('startup-error', () => variable('VIEW_DISTANCE').scrollIntoViewIfNeeded());
    await variable('VIEW_DISTANCE').fill('12');
    await server.startupSave.click();
    await expect(page.getByTestId('startup-saved')).toBeVisible();
    await pictures.take('startup-saved');
    await main.openServer('Longhouse');
    await server.tab('Startup');
    await sandbox.control({ do: 'image', server: 'Longhouse', image: 'registry.example/own/valheim:1' });
    const id =
      (await page.locator('[data-testid=sidebar-server][aria-current]').getAttribute('data-server')) ?? '';
    await page.evaluate((serverId) => window.perch.call('server.retry', { serverId }), id);
    await expect(page.getByTestId('docker-image')).toBeDisabled();
    await pictures.take('startup-image-locked');
  });

  await test.step("a server's settings", async () => {
    await main.openServer('Survival');
    await server.tab('Settings');
    await expect(page.getByTestId('permissions-list')).toContainText('may do everything');
    await pictures.take('server-settings');
    await server.name.fill('Survival '.repeat(30));
    await expect(page.getByTestId('settings-name-problem')).toBeVisible();
    await pictures.take('server-settings-error');
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.getByTestId('reinstall').click();
    await pictures.take('reinstall-question');
    await close(dialog);
  });

  await test.step('the fleet', async () => {
    await main.openServer('Skyblock');
    await crashForGood(sandbox, 'Skyblock');
    await expect(main.state).toContainText(/crashed/, { timeout: 20_000 });
    await pictures.take('server-crashed');
    await page.getByRole('button', { name: 'All servers' }).click();
    await pictures.take('fleet');
    await arrange(['Survival', 'Lobby'], {
      Building: ['Creative', 'Event Arena'],
      Games: ['Rust Belt', 'Longhouse'],
    });
    await pictures.take('fleet-arranged');
    const openMenu = async (): Promise<void> => {
      await main.fleetRow('Survival').click({ button: 'right' });
      await expect(page.getByTestId('fleet-menu')).toBeVisible();
    };
    await pictures.take('fleet-menu', openMenu);
    await openMenu();
    await close(page.getByTestId('fleet-menu'));
    for (const name of ['Survival', 'Lobby', 'Rust Belt', 'Longhouse', 'Event Arena']) {
      await main.fleetRow(name).getByRole('checkbox').check();
    }
    await pictures.take('fleet-selection');
    await page.getByTestId('bulk-restart').click();
    await pictures.take('bulk-question');
    await page.getByTestId('bulk-pause').fill('60');
    await page.getByTestId('bulk-go').click();
    const progress = page.getByTestId('bulk-progress');
    await expect(progress).toContainText(/next in/);
    await progress.getByRole('button').first().click();
    await pictures.take('bulk-progress');
    await page.getByTestId('bulk-cancel').click();
    await expect(page.getByTestId('bulk-dismiss')).toBeVisible({ timeout: 30_000 });
    await pictures.take('bulk-result');
    await page.getByTestId('bulk-dismiss').click();
    await page.getByTestId('fleet-filter').fill('no such server');
    await pictures.take('fleet-empty');
    await page.getByTestId('fleet-filter').fill('');
  });

  await test.step('settings', async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await pictures.take('settings');
    await page.getByTestId('backup-rule-change').click();
    await choose(page.getByTestId('rule-keep'), 'numbers');
    await pictures.take('backup-rule');
    await close(dialog);
  });

  await test.step('the popover', async () => {
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popoverRow(popover, 'Survival')).toBeVisible();
    await expect(popoverRow(popover, 'Survival').locator('path.line')).toHaveCount(1);
    await pictures.takePopover(popover, 'popover');
    await popoverRow(popover, 'Survival').hover();
    await pictures.takePopover(popover, 'popover-hover');
  });

  await test.step('the windows of a limited key', async () => {
    const permissions = ['websocket.connect'];
    await sandbox.control({ do: 'permissions', server: 'Lobby', user: 'subuser', permissions });
    await page
      .getByRole('navigation', { name: 'Servers' })
      .getByRole('button', { name: 'Add panel' })
      .click();
    await onboarding.connect(sandbox.panel, sandbox.keys.subuser);
    await expect(main.fleetRow('Lobby')).toHaveCount(2, { timeout: 20_000 });
    await pictures.take('fleet-two-panels');
    await main.fleetRow('Lobby').last().click();
    await expect(page.getByTestId('console-banner')).toContainText('control.console');
    await pictures.take('subuser-console');
    await server.tab('Startup');
    await pictures.take('subuser-startup-closed');
    await page.getByRole('button', { name: 'All servers' }).click();
    await main.fleetRow('Creative').last().click();
    await server.tab('Startup');
    await expect(page.getByTestId('startup-read-only')).toBeVisible();
    await pictures.take('subuser-startup');
    await server.tab('Settings');
    await expect(page.getByTestId('permissions-list')).toContainText('control.console');
    await pictures.take('subuser-settings');
  });

  /** Sets pins and groups by the names of their servers. */
  async function arrange(
    pins: readonly string[],
    groups: Readonly<Record<string, readonly string[]>>,
  ): Promise<void> {
    const idOf = async (name: string): Promise<string> =>
      (await main.fleetRow(name).getAttribute('data-server')) ?? '';
    const ids = (names: readonly string[]): Promise<string[]> => Promise.all(names.map(idOf));
    const kept = await Promise.all(
      Object.entries(groups).map(async ([name, names]) => ({ id: name, name, serverIds: await ids(names) })),
    );
    const arrangement = { pins: await ids(pins), groups: kept };
    await page.evaluate((patch) => window.perch.call('settings.update', patch), arrangement);
  }
});

test('views that are seen less often', async ({ sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const pictures = new Pictures(perch, page);
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });

  await test.step('servers that need attention, and why', async () => {
    await main.openServer('Skyblock');
    await main.sendCommand('burn 60');
    await main.openServer('Survival');
    await crashForGood(sandbox, 'Survival');
    await expect(main.state.locator('[data-mark=crashed]')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByTestId('console-banner')).toContainText('The server crashed.');
    await pictures.take('server-stays-down');
    await page.getByRole('button', { name: /^Needs attention/ }).click();
    await expect(main.fleetRow('Survival')).toBeVisible();
    await pictures.take('attention');
    // Leaves the processor to the other tests.
    await main.openServer('Skyblock');
    await main.sendCommand('burn 1');
  });

  await test.step('past events of a server', async () => {
    await main.openServer('Survival');
    await page.getByTestId('server-view').getByRole('tab', { name: 'Events' }).click();
    await expect(page.getByTestId('uptime-axis')).toBeVisible();
    await pictures.take('server-events');
    await page.getByRole('button', { name: /^Events/ }).click();
    await pictures.take('events');
  });

  await test.step('in German', async () => {
    const speak = (language: 'de' | 'en'): Promise<unknown> =>
      page.evaluate((wanted) => window.perch.call('settings.update', { language: wanted }), language);
    await main.openServer('Lobby');
    await speak('de');
    await expect(page.getByTestId('power-restart')).toHaveText('Neu starten');
    await pictures.take('german-server');
    await page.getByRole('button', { name: 'Alle Server' }).click();
    await pictures.take('german-fleet');
    await page.keyboard.press('Control+k');
    await pictures.take('german-palette');
    await page.keyboard.press('Escape');
    await speak('en');
    await expect(page.getByRole('button', { name: /^All servers/ })).toBeVisible();
  });

  await test.step('a restart while the panel is away', async () => {
    await main.openServer('Lobby');
    await sandbox.control({ do: 'panel', maintenance: {} });
    await expect(async () => {
      await server.power('restart').click();
      await expect(page.getByTestId('panel-away')).toBeVisible({ timeout: 1000 });
    }).toPass({ timeout: 150_000 });
    await pictures.take('restart-anyway');
  });
});

test.describe('of two hundred', () => {
  test.use({ sandboxFlags: ['--servers', '200'] });

  test('the question about unread servers, and the popover', async ({ desktop, sandbox, launch }) => {
    test.slow();
    const perch = await launch();
    const page = await perch.window('main');
    const pictures = new Pictures(perch, page);
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(page.getByTestId('fleet-row').first()).toBeVisible({ timeout: 60_000 });
    await page.getByTestId('fleet-row').first().getByRole('checkbox').check();
    await page.keyboard.press('Control+a');
    await page.getByTestId('bulk-restart').click();
    await expect(page.getByTestId('bulk-unread')).toBeVisible();
    await pictures.take('bulk-question-unread');
    await page.keyboard.press('Escape');
    await pictures.take('fleet-200');
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popover.getByTestId('server-row').first()).toBeVisible();
    await pictures.takePopover(popover, 'popover-200');
  });
});
