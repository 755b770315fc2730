/** Unseen ends, changed clocks, and sleep. */
import type { Page } from '@playwright/test';
import { MainWindow, Onboarding, popoverRow } from './pages.js';
import { expect, test, within } from './perch.js';
import { setClock } from './set-clock.js';

const hour = 3_600_000;
const unseen =
  /It went offline between \d\d:\d\d:\d\d and \d\d:\d\d:\d\d\. It crashed, or somebody stopped it outside Perch\./;

test('the end of a polled server killed by somebody else is reported', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const survival = sandbox.servers.find((server) => server.name === 'Survival');
  if (survival === undefined) throw new Error('The sandbox has other servers.');
  const { uuid } = survival;
  // Without this permission no socket opens, so Perch polls the panel.
  const permissions = ['control.console', 'control.start', 'control.stop'];
  await sandbox.control({ do: 'permissions', server: uuid, user: 'subuser', permissions });
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 90_000 });

  const answer = await fetch(new URL(`/api/client/servers/${uuid}/power`, sandbox.panel), {
    method: 'POST',
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${sandbox.keys.owner}`,
    },
    body: JSON.stringify({ signal: 'kill' }),
  });
  expect(answer.status).toBe(204);

  const notification = await within(90_000, 'a notification', async () => (await desktop.notifications())[0]);
  expect(notification.summary).toBe('Survival went offline');
  expect(notification.body).toMatch(unseen);
  await expect(main.fleetRow('Survival').getByText('offline', { exact: true })).toBeVisible();
  await desktop.pressNotification();
  await expect(main.state).toContainText('went offline');
  await expect(main.state).toHaveAttribute('aria-description', unseen);
  await desktop.activateTray();
  await expect(popoverRow(await perch.window('popover'), 'Survival')).toContainText(
    /went offline .* · from outside Perch/,
  );
  expect(await desktop.notifications()).toHaveLength(1);
});

test('a crash is reported while the clock is set back, and a sleep without an event is noticed', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 20_000 });

  await test.step('set back by two hours', async () => {
    await setClock(perch.app, page, -2 * hour);
    await main.openServer('Lobby');
    await expect(page.getByTestId('command-input')).toBeEnabled();
    await main.sendCommand('crash');
    const told = await within(40_000, 'a notification', async () => (await desktop.notifications())[0]);
    expect(told.summary).toBe('Lobby crashed');
    // The clock change does not make the figures look two hours old.
    await expect(main.state).toContainText('running', { timeout: 20_000 });
    await expect(main.state).not.toContainText('ago');
  });

  await test.step('asleep for eight hours', async () => {
    const before = await timeOf(page);
    await perch.app.evaluate((_electron, ms) => {
      const os = process.getBuiltinModule('os');
      const { uptime } = os;
      os.uptime = () => uptime() + ms / 1000;
    }, 8 * hour);
    await expect.poll(async () => (await timeOf(page)) - before).toBeGreaterThanOrEqual(8 * hour);
    await expect(main.state).toContainText('running');
  });
});

/** Main's time as sent to windows. */
async function timeOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const end = window.perch.watch('clock', undefined, (event) => {
          if (event.kind !== 'snapshot') return;
          queueMicrotask(() => end());
          resolve(event.snapshot as number);
        });
      }),
  );
}
