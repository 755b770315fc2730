/** Schedules of a panel through the window, on the sandbox's own cron and queue. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { choosing } from './chosen-file.js';
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test.use({ sandboxFlags: ['--dialect', 'pelican'] });

test('schedules are created, run, judged and deleted from the window', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await main.openServer('Survival');
  await expect(page.getByTestId('server-state')).toContainText(/running/i, { timeout: 20_000 });
  await new ServerWindow(page).tab('Schedules');
  const keys = new Keyboard(page);
  const pictures = new Pictures(perch, page);
  const rows = page.getByTestId('schedule-row');
  const tasks = page.getByTestId('task-row');

  await test.step('a new schedule says its time in words before it is saved', async () => {
    await expect(page.getByTestId('schedules-empty')).toBeVisible();
    await page.getByTestId('schedule-new').click();
    await page.getByLabel('Name', { exact: true }).fill('Nightly');
    await page.getByTestId('cron-hour').fill('3');
    await expect(page.getByTestId('cron-words')).toHaveText('At 03:00');
    await expect(page.getByTestId('cron-coming').getByRole('listitem')).toHaveCount(5);
    await pictures.take('schedules-edit');
    await page.getByTestId('schedule-save').click();
    await expect(page.getByTestId('schedule-help')).toContainText('without tasks');
  });

  await test.step('a warning and a restart are added, the warning by keys', async () => {
    await page.getByTestId('task-add').click();
    await page.getByTestId('task-action').focus();
    await keys.press('Enter');
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await page.getByTestId('task-payload').fill('say Restart in a minute');
    await keys.press('Enter');
    await expect(tasks).toHaveCount(1);
    await page.getByTestId('task-add').click();
    await page.getByLabel('Seconds after the task before').fill('60');
    await pictures.take('schedules-task');
    await page.getByTestId('task-save').click();
    await expect(tasks).toHaveCount(2);
    await expect(tasks.nth(1)).toContainText('1 min later');
    await pictures.take('schedules-view');
    const menu = page.getByTestId('task-menu');
    await pictures.take('schedules-task-menu', async () => {
      if (!(await menu.isVisible())) await tasks.nth(1).getByTestId('task-more').click();
    });
    await keys.press('Escape');
    await expect(menu).toBeHidden();
  });

  await test.step('two other servers get a copy, and a second time nothing is double', async () => {
    for (const round of ['first', 'second']) {
      await page.getByTestId('schedule-copy').click();
      for (const name of ['Creative', 'Lobby']) {
        await page.getByTestId('target').filter({ hasText: name }).getByRole('checkbox').check();
      }
      if (round === 'first') await pictures.take('schedules-copy');
      await page.getByTestId('schedule-copy-go').click();
      await expect(page.getByTestId('bulk-progress')).toContainText('Copied the schedule to 2 servers');
      await page.getByTestId('bulk-dismiss').click();
    }
    await main.openServer('Creative');
    await new ServerWindow(page).tab('Schedules');
    await expect(rows).toHaveCount(1);
    await rows.first().getByRole('button').click();
    await expect(tasks).toHaveCount(2);
    await main.openServer('Survival');
    await new ServerWindow(page).tab('Schedules');
    await rows.first().getByRole('button').click();
  });

  await test.step('a comparison says what another server has, leads there by keys, and begins a copy', async () => {
    const of = (name: string) => page.getByTestId('compare-row').filter({ hasText: name });
    await main.openServer('Creative');
    await new ServerWindow(page).tab('Schedules');
    await rows.first().getByRole('button').click();
    const toggle = page.getByRole('switch', { name: 'is switched on' });
    await toggle.click();
    await expect(toggle).not.toBeChecked();
    for (const round of ['by keys', 'copy']) {
      await main.openServer('Survival');
      await new ServerWindow(page).tab('Schedules');
      await rows.first().getByRole('button').click();
      await page.getByTestId('schedule-compare').click();
      await expect(of('Creative')).toContainText('Switched off', { timeout: 20_000 });
      await expect(of('Lobby')).toHaveAttribute('data-verdict', 'same');
      await expect(page.getByRole('radio', { name: 'Missing (4)' })).toBeAttached({ timeout: 20_000 });
      if (round === 'copy') break;
      await pictures.take('schedules-compare');
      await page.getByTestId('compare-search').fill('Creative');
      await keys.press('ArrowDown');
      await keys.press('Enter');
      await expect(page.getByRole('heading', { name: 'Creative' })).toBeVisible();
      await expect(rows.first()).toHaveAttribute('data-state', 'off');
    }
    await page.getByTestId('compare-copy').click();
    await expect(page.getByTestId('schedule-copy-go')).toContainText(/Copy to \d+ servers?/);
    await keys.press('Escape');
    await expect(page.getByTestId('schedule-copy-dialog')).toHaveCount(0);
  });

  await test.step('a file takes them to another server, after a preview and one press', async () => {
    const path = join(desktop.folder, 'schedules.json');
    await choosing(perch, path);
    await page.getByTestId('schedule-back').click();
    await page.getByTestId('schedules-more').click();
    await page.getByTestId('schedules-export').click();
    await expect(page.getByTestId('schedules-saved')).toContainText(path);
    const file = JSON.parse(readFileSync(path, 'utf8')) as { schedules: object[] };
    writeFileSync(path, JSON.stringify({ ...file, schedules: [...file.schedules, { fields: 'none' }] }));
    await main.openServer('Skyblock');
    await new ServerWindow(page).tab('Schedules');
    await page.getByTestId('schedules-more').click();
    await page.getByTestId('schedules-import').click();
    const row = page.getByTestId('import-row');
    await expect(row).toContainText('Send the command “say Restart in a minute”');
    await expect(page.getByTestId('import-left-out')).toContainText('1 schedule');
    await pictures.take('schedules-import');
    await keys.tabTo(page.getByTestId('import-add'), 'Shift+Tab');
    await keys.press('Enter');
    await expect(row).toContainText('Added');
    await keys.press('Escape');
    await rows.first().getByRole('button').click();
    await expect(tasks).toHaveCount(2);
    await main.openServer('Survival');
    await new ServerWindow(page).tab('Schedules');
    await rows.first().getByRole('button').click();
  });

  await test.step('a run begins, and a second run needs consent', async () => {
    await page.getByTestId('schedule-run').click();
    await expect(page.getByTestId('schedule-done')).toContainText('accepted the run');
    await expect(page.getByTestId('schedule-next')).toContainText('running');
    await page.getByTestId('schedule-run').click();
    await expect(page.getByTestId('schedule-again-question')).toBeVisible();
    await keys.press('Escape');
  });

  await test.step('the calendar of the week has its runs, and leads back to it by keys', async () => {
    await page.getByRole('button', { name: 'Automation' }).first().click();
    await page.getByRole('tab', { name: 'Week' }).click();
    const planned = page.getByRole('gridcell', { name: /Restart, 3 servers, Runs on the panel/ });
    await expect(planned.first()).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => planned.count()).toBeGreaterThanOrEqual(6);
    await planned.nth(1).click();
    const entry = page.getByTestId('week-entry').filter({ hasText: 'Survival' });
    await expect(entry).toContainText('Nightly: Restart, Command');
    await pictures.take('week');
    await entry.focus();
    await keys.press('Enter');
    await expect(rows.first()).toBeVisible();
  });

  await test.step('a schedule that hangs is reported, and its switch frees it', async () => {
    await sandbox.control({
      do: 'schedule',
      server: 'Survival',
      schedule: 'Nightly',
      hung: true,
      nextRunInMinutes: -60,
    });
    await page.getByTestId('schedules-read').click();
    await expect(rows.first()).toHaveAttribute('data-state', 'stuck');
    await pictures.take('schedules');
    await rows.first().getByRole('button').click();
    await expect(page.getByTestId('schedule-help')).toContainText('should have ended');
    const toggle = page.getByRole('switch', { name: 'is switched on' });
    await toggle.click();
    await expect(toggle).not.toBeChecked();
    await expect(page.getByTestId('schedule-help')).toHaveCount(0);
  });

  await test.step('by keys: back to its row, and deleted after a question', async () => {
    await page.getByTestId('schedule-back').click();
    await expect(rows.first().getByRole('button')).toBeFocused();
    await keys.press('Delete');
    await expect(page.getByTestId('schedule-delete-question')).toContainText('Its 2 tasks go too');
    await page.getByTestId('schedule-delete-go').click();
    await expect(page.getByTestId('schedules-empty')).toBeVisible();
  });

  await test.step('a planned restart is shown before it is written, and is one row afterwards', async () => {
    await page.getByTestId('plan-new').click();
    const preview = page.getByTestId('plan-task');
    await expect(preview).toHaveCount(4);
    await page.getByLabel('Warnings, minutes before').fill('60, 10');
    await page.getByTestId('plan-gap-fix').click();
    await expect(preview).toHaveCount(6);
    await page.getByLabel('Warnings, minutes before').fill('2 s, 1 s');
    await expect(preview.first()).toContainText('03:59:58');
    await pictures.take('schedules-plan');
    await page.getByLabel('Time', { exact: true }).focus();
    await keys.press('Enter');
    await expect(page.getByTestId('schedule-when')).toHaveText(
      'Restart: At 04:00, with warnings 2 s, 1 s before',
    );
    await expect(tasks).toHaveCount(3);
    await pictures.take('schedules-plan-view');
  });

  await test.step('the panel warns the players and restarts the server', async () => {
    await page.getByTestId('schedule-run').click();
    await expect(page.getByTestId('schedule-done')).toContainText('accepted the run');
    await new ServerWindow(page).tab('Console');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('The server restarts in 1 s.');
    expect(await main.consoleText()).toContain('The server restarts in 2 s.');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toMatch(/1 s\.[^]*Goodbye\.[^]*Done/);
    await expect(page.getByTestId('server-state')).toContainText(/running/i, { timeout: 20_000 });
    await new ServerWindow(page).tab('Schedules');
    await expect(rows.first()).toContainText('Restart: At 04:00, 2 warnings');
    await pictures.take('schedules-plan-list');
  });

  await test.step('its text changes in all warnings at once', async () => {
    await rows.first().getByRole('button').click();
    await page.getByTestId('schedule-edit').click();
    await page.getByLabel('Message to the players').fill('Back in a minute. Down in {time}');
    await page.getByTestId('plan-save').click();
    await expect(tasks.nth(0)).toContainText('Down in 2 s');
    await expect(tasks.nth(1)).toContainText('Down in 1 s');
  });
});
