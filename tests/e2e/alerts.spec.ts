/** Notifications through a real notification daemon: each once, and according to the settings. */
import type { Page } from '@playwright/test';
import { seriousProblems } from './axe.js';
import { choose, MainWindow, Onboarding } from './pages.js';
import { expect, isRunning, test, within } from './perch.js';

test.use({
  sandboxFlags: ['--servers', '200', '--one-node', '--client-limit', '20000', '--websocket-limit', '1000'],
});

/** Slightly longer than the time in which events are gathered into one alert, in ms. */
const untilToldMs = 1500;

async function open(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByTestId('palette');
  await palette.getByRole('combobox').fill(name);
  await palette.getByRole('option').first().click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  await expect(page.getByTestId('command-input')).toBeVisible();
}

test('an alert is shown once, as set for all servers, a panel and a server', async ({
  desktop,
  sandbox,
  launch,
}) => {
  // Perch has not seen the start, so the console alone does not show who is online.
  await isRunning(sandbox, 'Survival');
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(page.getByTestId('fleet-row').first()).toBeVisible({ timeout: 20_000 });
  const notifications = async (): Promise<{ summary: string; body: string }[]> => desktop.notifications();
  const toldOf = async (name: string): Promise<string[]> =>
    (await notifications()).map(({ summary }) => summary).filter((summary) => summary.includes(name));
  const isTold = (summary: string, ms = 60_000): Promise<unknown> =>
    within(ms, `"${summary}" is told`, async () => (await toldOf(summary)).length > 0 || undefined);
  const elsewhere = async (name: string, signal: 'start' | 'stop'): Promise<void> => {
    const { identifier = '' } = sandbox.servers.find((server) => server.name === name) ?? {};
    await fetch(new URL(`/api/client/servers/${identifier}/power`, sandbox.panel), {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.keys.owner}`, 'content-type': 'application/json' },
      body: JSON.stringify({ signal }),
    });
  };
  /** The stop of the shown server is in the log, and there was time for an alert. */
  const isWrittenDown = async (): Promise<void> => {
    await expect(main.state).toContainText('offline', { timeout: 20_000 });
    await page.getByTestId('server-view').getByRole('tab', { name: 'Events' }).click();
    const newest = page.getByTestId('server-view').locator('[data-event]').first();
    await expect(newest).toHaveAttribute('data-event', 'stopped', { timeout: 20_000 });
    await page.waitForTimeout(untilToldMs);
  };
  const settings = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Settings', exact: true }).click();
    await expect(page.getByTestId('notification-settings')).toBeVisible();
  };

  await open(page, 'Survival');
  await expect(main.state).toContainText('running', { timeout: 20_000 });

  await test.step('that no players are online any more, from console and game', async () => {
    const item = page.getByTestId('alerts-when-empty');
    const menu = async (): Promise<void> => {
      await page.getByTestId('alerts-button').click();
      await expect(item).toBeVisible();
    };
    await main.sendCommand('join Olive');
    await main.sendCommand('list');
    await expect.poll(() => main.consoleText()).toContain('of a max of 20 players online: Olive');
    await menu();
    await item.click();
    await main.sendCommand('leave');
    await isTold('No players are online on Survival');
  });

  await test.step('a stop that is not the own one, and not again within a minute', async () => {
    await elsewhere('Survival', 'stop');
    await isTold('Survival was stopped');
    expect((await notifications()).at(-1)?.body).toContain('Stopped by olive.');
    await page.getByTestId('alerts-button').click();
    await page.getByTestId('alerts-when-up').click();
    await elsewhere('Survival', 'start');
    await isTold('Survival is up');
    await elsewhere('Survival', 'stop');
    await isWrittenDown();
    expect(await toldOf('Survival')).toEqual([
      'No players are online on Survival',
      'Survival was stopped',
      'Survival is up',
    ]);
  });

  // The outage is reported only after a delay.
  await sandbox.control({ do: 'node-down', node: 'Rack 1' });

  await test.step('no notification of a muted server', async () => {
    await open(page, 'Lobby');
    await page.getByTestId('alerts-button').click();
    await page.getByTestId('alerts-mute').click();
    await expect(page.getByTestId('silence')).toHaveText('Muted');
    await elsewhere('Lobby', 'stop');
    await isWrittenDown();
    expect(await toldOf('Lobby')).toEqual([]);
  });

  await test.step('no stop on the panel, except stops of one server', async () => {
    await settings();
    await page.getByTestId('alert-rule-new').click();
    await page.getByRole('option').nth(1).click();
    await choose(page.getByTestId('alert-of-stopped'), 'off');
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByTestId('alert-done').click();
    await expect(page.getByTestId('alert-rule')).toHaveCount(2);
    await open(page, 'Rust Belt');
    await page.getByTestId('alerts-button').click();
    await page.getByTestId('alerts-kinds').click();
    await choose(page.getByTestId('alert-of-stopped'), 'on');
    await page.getByTestId('alert-done').click();
    await elsewhere('Skyblock', 'stop');
    await elsewhere('Rust Belt', 'stop');
    await isTold('Rust Belt was stopped');
    await open(page, 'Skyblock');
    await isWrittenDown();
    expect(await toldOf('Skyblock')).toEqual([]);
    await settings();
    for (let left = 3; left > 0; left--) {
      await page.getByTestId('alert-rule-remove').first().click();
      await expect(page.getByTestId('alert-rule')).toHaveCount(left - 1);
    }
  });

  await test.step('no notification in quiet hours', async () => {
    const quiet = page.getByRole('switch', { name: /Quiet hours/ });
    await quiet.check();
    await page.getByTestId('quiet-from').fill('00:00');
    await page.getByTestId('quiet-to').fill('00:00');
    await page.getByTestId('quiet-to').press('Tab');
    await expect(page.getByTestId('notification-settings')).toContainText('The whole day is quiet.');
    expect(await seriousProblems(page)).toEqual([]);
    await elsewhere('Lobby', 'start');
    await open(page, 'Lobby');
    await expect(main.state).toContainText('running', { timeout: 20_000 });
    await elsewhere('Lobby', 'stop');
    await isWrittenDown();
    expect(await toldOf('Lobby')).toEqual([]);
    await settings();
    await quiet.uncheck();
  });

  await test.step('the row of an entry starts its server, and snoozes it', async () => {
    await open(page, 'Lobby');
    await page.getByTestId('server-view').getByRole('tab', { name: 'Events' }).click();
    // The list moves down when the uptime above has loaded.
    await expect(page.getByTestId('uptime-axis')).toBeVisible();
    const row = page.getByTestId('server-view').locator('[data-row-group]').first();
    await row.hover();
    await row.getByTestId('event-snooze').click();
    await expect(page.getByTestId('silence')).toContainText('Snoozed until');
    await row.getByTestId('event-power').click();
    await expect(main.state).toContainText('running', { timeout: 20_000 });
    await elsewhere('Lobby', 'stop');
    await isWrittenDown();
    expect(await toldOf('Lobby')).toEqual([]);
  });

  await test.step('two hundred servers of a node that is down are one', async () => {
    await isTold('Rack 1 does not answer', 120_000);
    expect((await notifications()).filter(({ summary }) => summary.includes('Rack'))).toEqual([
      expect.objectContaining({
        summary: 'Node Rack 1 does not answer',
        body: expect.stringMatching(/\b200 servers are affected\./),
      }),
    ]);
    const ofServers = (await notifications()).filter(({ body }) => body.includes('went offline'));
    expect(ofServers).toEqual([]);
  });
});
