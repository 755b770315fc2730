/**
 * Main views in the pseudo-language at every window size and screen scale: no text or control is cut off, outside the
 * window, too small or overlapped.
 */
import type { Locator } from '@playwright/test';
import { EverySize } from './every-size.js';
import { crashForGood } from './other-person.js';
import { choose, popoverRow } from './pages.js';
import { callPressed, expect, test } from './perch.js';

test.use({ language: 'pseudo' });

/**
 * Perch's own name, counts that are hidden as a whole, and the reason for "Needs attention", which is truncated with a
 * tooltip.
 */
const apart =
  'noscript, h1.unseen, p.counts, [data-testid=fleet-row] .brief, [data-testid=fleet-row] [data-testid=why]';

test('no text or control is cut off, outside, squeezed or overlapped at any size', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const backUp = (name: string, failed: boolean) =>
    sandbox.control({ do: 'add-backup', server: 'Survival', name, failed, ageMinutes: 700 });
  await backUp('Before the winter event of this year', true);
  const perch = await launch();
  const page = await perch.window('main');
  const sizes = await EverySize.of(page);
  const dialog = page.getByRole('dialog');
  const sidebar = page.locator('nav button.entry');
  const fleetRow = (name: string): Locator => page.getByTestId('fleet-row').filter({ hasText: name });
  const whole = (view: string, again?: () => Promise<void>): Promise<void> => sizes.look(view, apart, again);
  const openServer = async (name: string): Promise<void> => {
    await page.getByTestId('sidebar-server').filter({ hasText: name }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  };
  const tab = (at: number): Promise<void> => page.getByTestId('server-view').getByRole('tab').nth(at).click();
  const expectState = (name: string): Promise<void> =>
    expect(page.getByTestId('server-state').locator(`[data-mark=${name}]`)).toBeVisible({ timeout: 30_000 });
  const close = async (what: Locator): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(what).toBeHidden();
  };

  /** A console with few lines is unreadable; beside the charts it is as wide as most servers' lines. */
  const expectUsable = async (): Promise<void> => {
    const measure = (): Promise<{ rows: number; columns: number; isBeside: boolean }> =>
      page.evaluate(() => {
        const rows = document.querySelector<HTMLElement>('.xterm-rows');
        const charts = document.querySelector('[data-testid=figures]')?.getBoundingClientRect();
        const console = document.querySelector('[data-console]')?.getBoundingClientRect();
        const probe = document.createElement('span');
        probe.textContent = 'W'.repeat(100);
        probe.style.position = 'absolute';
        rows?.lastElementChild?.append(probe);
        const cell = probe.getBoundingClientRect().width / 100;
        probe.remove();
        return {
          rows: rows?.childElementCount ?? 0,
          columns: Math.round((rows?.offsetWidth ?? 0) / cell),
          isBeside: (charts?.left ?? 0) >= (console?.right ?? Infinity),
        };
      });
    await sizes.set(720, 440, 1);
    // The terminal follows the window after a moment.
    await expect.poll(async () => (await measure()).rows).toBeGreaterThanOrEqual(8);
    await expect(page.getByTestId('command-input')).toBeInViewport({ ratio: 1 });
    for (const [width, isBeside] of [
      [900, false],
      [1200, false],
      [1280, true],
      [2560, true],
    ] as const) {
      await sizes.set(width, 800, 1);
      await expect(async () => {
        const measured = await measure();
        expect(measured.isBeside, `the console beside the charts at ${width}`).toBe(isBeside);
        if (isBeside) expect(measured.columns, `columns at ${width}`).toBeGreaterThanOrEqual(80);
      }).toPass({ timeout: 20_000 });
    }
    await sizes.reset();
  };

  await test.step('onboarding', async () => {
    await expect(page.getByTestId('connect')).toBeVisible();
    await whole('onboarding');
    await page.locator('input[name=url]').fill('http://127.0.0.1:9');
    await page.locator('input[name=key]').fill('ptlc_wrong');
    await page.getByTestId('connect').click();
    await expect(page.getByTestId('connect-problem')).toBeVisible();
    await whole('onboarding with an error');
    await page.locator('input[name=url]').fill(sandbox.panel);
    await page.locator('input[name=key]').fill(sandbox.keys.owner);
    await page.getByTestId('connect').click();
    await expect(fleetRow('Survival').locator('[data-mark=running]')).toBeVisible({ timeout: 30_000 });
  });

  await test.step('a server that crashed for good', async () => {
    await openServer('Skyblock');
    await expect(page.getByTestId('command-input')).toBeEnabled({ timeout: 20_000 });
    await crashForGood(sandbox, 'Skyblock');
    await expectState('crashed');
    await whole('a server that crashed');
  });

  await test.step('a console at work', async () => {
    await openServer('Survival');
    await expect(page.getByTestId('command-input')).toBeEnabled({ timeout: 20_000 });
    await expect(page.getByTestId('chart-memory')).toContainText('MiB');
    await whole('a console');
    await expectUsable();
    await page.getByTestId('charts-toggle').click();
    await whole('a console with the charts the other way');
    await page.getByTestId('charts-toggle').click();
    await page.getByTestId('command-input').focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('nothing like this');
    await whole('the search in a console');
    await close(page.getByTestId('console-search'));
    await page.getByTestId('sftp-details').click();
    await whole('SFTP details');
    await page.keyboard.press('Escape');
    await page.getByTestId('power-more').click();
    await page.getByTestId('power-menu-kill').click();
    await expect(dialog).toBeVisible();
    await whole('the question before a kill');
    await close(dialog);
  });

  await test.step('servers in other states', async () => {
    for (const name of ['Creative', 'Event Arena', 'Hardcore Season 4', 'Archive 2022']) {
      await openServer(name);
      await whole(name);
    }
  });

  await test.step('the other tabs of a server', async () => {
    await openServer('Survival');
    await tab(1);
    await expect(page.getByTestId('reach')).toBeVisible();
    await whole('the players of a server');
    await tab(2);
    await page.locator('[data-testid=file-row][data-kind=folder]').first().focus();
    await page.keyboard.press('Control+x');
    await page.getByTestId('files-filter').fill('l');
    await whole('the files of a server, with one to be moved');
    await page.getByTestId('file-more').first().click();
    await page.getByTestId('file-mode').click();
    await whole('the permissions of a file');
    await close(page.getByTestId('file-mode-dialog'));
    await page.getByTestId('files-filter').fill('');
    await tab(3);
    await expect(page.getByTestId('uptime').locator('dd').first()).toBeVisible();
    await whole('the events of a server');
    // The server has files by now.
    await backUp('Nightly', false);
    await tab(4);
    await expect(page.getByTestId('backup-row')).toHaveCount(2);
    await page.getByTestId('backup-new').click();
    await page.getByTestId('backup-ignored').fill('*.log\n/world/region/');
    await whole('the backups of a server, with the form for a new one');
    await page.getByTestId('backup-discard').click();
    await page.locator('[data-backup=good]').getByTestId('backup-more').click();
    await page.getByTestId('backup-restore').click();
    await whole('the question before a restoration');
    await close(page.getByTestId('restore-question'));
    await perch.app.evaluate(({ dialog: native }, chosen) => {
      native.showOpenDialog = () =>
        Promise.resolve({ canceled: false, filePaths: [chosen] }) as ReturnType<typeof native.showOpenDialog>;
    }, desktop.folder);
    await callPressed(page, 'copies.chooseFolder', undefined);
    await page.locator('[data-backup=good]').getByTestId('backup-more').click();
    await page.getByTestId('copy-fetch').click();
    await expect(page.getByTestId('transfer')).toHaveAttribute('data-state', 'done', { timeout: 20_000 });
    await page.getByTestId('transfer-cancel').click();
    await expect(page.getByTestId('transfers')).toBeHidden();
    await whole('a backup with a copy');
    await page.locator('[data-backup=good]').getByTestId('backup-more').click();
    await page.getByTestId('copy-look').click();
    await page.getByTestId('copy-search').fill('level');
    await expect(page.getByTestId('copied-file')).toHaveCount(1, { timeout: 20_000 });
    await whole('the files of a copy');
    await page.getByTestId('copied-file').getByRole('button').first().click();
    await expect(page.getByTestId('copied-text-content')).toBeVisible();
    await whole('a text of a copy');
    await close(page.getByTestId('copied-text'));
    await page.getByTestId('copy-back').click();
    await tab(5);
    await page.getByTestId('schedule-new').click();
    await page.getByLabel(/Ñámé/).fill('Nightly');
    await whole('a new schedule');
    await page.getByTestId('schedule-save').click();
    await page.getByTestId('task-add').click();
    await whole('a new task');
    await page.getByTestId('task-save').click();
    await expect(page.getByTestId('task-row')).toHaveCount(1);
    await whole('a schedule');
    await page.getByTestId('schedule-back').click();
    await whole('the schedules of a server');
    await tab(6);
    await page.getByTestId('allocation-note').first().click();
    await page.getByTestId('allocation-note-box').fill('x'.repeat(260));
    await whole('the addresses of a server, with an error');
    await page.keyboard.press('Escape');
    await tab(7);
    await page.getByTestId('database-new').click();
    await page.getByTestId('database-name').fill('a b');
    await whole('a new database, with an error');
    await page.getByTestId('database-name').fill('luckperms');
    await page.getByTestId('database-save').click();
    await expect(page.getByTestId('database')).toHaveCount(1);
    await page.getByTestId('database-open').focus();
    await whole('the databases of a server');
    await page.getByTestId('database-more').click();
    await page.getByTestId('database-delete').click();
    await whole('the question before a database is deleted');
    await close(page.getByTestId('database-delete-question'));
    await tab(8);
    await page.getByTestId('person-row').getByRole('button').click();
    await page.locator('[data-permission="control.stop"] input').click();
    await whole('the permissions of a person');
    await close(page.getByTestId('person-dialog'));
    await whole('the people of a server');
    await page.getByTestId('sidebar-people').click();
    await expect(page.getByTestId('matrix-person').first()).toBeVisible({ timeout: 30_000 });
    await whole('the people of all servers');
    await page.getByTestId('matrix-person').first().click();
    await whole('all access of a person');
    await close(page.getByTestId('person-access'));
    await openServer('Survival');
    await tab(9);
    await expect(page.getByTestId('startup-command')).toBeVisible();
    await page.getByTestId('variable-ONLINE_MODE').locator('input').click();
    await page.getByTestId('variable-VIEW_DISTANCE').locator('input').fill('100');
    await whole('startup, with changes and an error');
    await tab(10);
    await expect(page.getByTestId('permissions-list')).toBeVisible();
    await page.getByTestId('settings-name').fill('Survival '.repeat(30));
    await whole('settings of a server, with an error');
    await page.getByTestId('reinstall').click();
    await whole('the question before a reinstallation');
    await page.keyboard.press('Escape');
  });

  await test.step('the fleet', async () => {
    await sidebar.nth(1).click();
    await whole('the fleet');
    for (const name of ['Survival', 'Lobby', 'Creative'])
      await fleetRow(name).getByTestId('fleet-select').check();
    await whole('a selection');
    await page.getByTestId('bulk-stop').click();
    await expect(page.getByTestId('bulk-confirm')).toBeVisible();
    await whole('the question about many');
    await close(page.getByTestId('bulk-confirm'));
    await page.getByTestId('bulk-clear').click();
    await page.getByTestId('fleet-filter').fill('no such server');
    await expect(page.getByTestId('fleet-empty')).toBeVisible();
    await whole('nothing found');
    await page.getByTestId('fleet-filter').fill('');
    await sidebar.nth(0).click();
    await whole('what needs attention');
  });

  await test.step('the events', async () => {
    await sidebar.nth(2).click();
    await expect(page.getByTestId('events-view').locator('[data-event]').first()).toBeVisible();
    await whole('the events');
  });

  await test.step('the settings', async () => {
    await sidebar.last().click();
    const account = page.getByTestId('account');
    await expect(account).toBeVisible();
    await whole('the settings');
    await account.getByRole('button').last().click();
    await expect(dialog).toBeVisible();
    await whole('the question before a panel is removed');
    await close(dialog);
    await page.getByTestId('backup-rule-change').click();
    await choose(page.getByTestId('rule-keep'), 'numbers');
    await whole('which backups stay');
    await close(dialog);
    await page.getByTestId('open-account').click();
    await expect(page.getByTestId('account-key').first()).toBeVisible();
    await whole('the account on its panel');
    await page.getByTestId('account-new-key').click();
    await page.getByTestId('make-key-addresses').fill('nonsense');
    await page.getByTestId('make-key-dialog').getByRole('textbox').first().fill('laptop');
    await page.getByTestId('make-key-save').click();
    await expect(page.getByTestId('make-key-addresses')).toHaveAttribute('aria-invalid', 'true');
    await whole('a new API key, with an error');
    await close(page.getByTestId('make-key-dialog'));
    await page.getByTestId('change-password').click();
    await whole('a new password of the account');
    await close(page.getByTestId('change-sign-in-dialog'));
  });

  await test.step('over all of it', async () => {
    await page.keyboard.press('Control+k');
    await expect(page.getByTestId('palette')).toBeVisible();
    await whole('the palette');
    await close(page.getByTestId('palette'));
    await page.keyboard.press('?');
    await expect(page.getByTestId('shortcut-sheet')).toBeVisible();
    await whole('the sheet of shortcuts');
    await close(page.getByTestId('shortcut-sheet'));
  });

  await test.step('the popover', async () => {
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popoverRow(popover, 'Survival')).toBeVisible();
    const own = await EverySize.of(popover);
    // The reason of a crash is truncated, with the full text in a tooltip.
    await own.lookAsItIs('the popover', `${apart}, .crash`);
    await popoverRow(popover, 'Survival').hover();
    await own.lookAsItIs('a server of the popover', `${apart}, .crash`);
    sizes.faults.push(...own.faults);
  });

  expect(sizes.faults).toEqual([]);
});
