/** A node asks its panel before each start, so a restart during an outage of the panel leaves the server offline. */
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { callPressed, expect, isRunning, test, within } from './perch.js';

test('a restart while the panel is away is confirmed first, and a failed restart is reported', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  await isRunning(sandbox, 'Survival');
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  const question = page.getByTestId('panel-away');
  const serverState = async (name: string) => {
    const { result } = (await sandbox.control({ do: 'look', server: name })) as { result: { state: string } };
    return result;
  };
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const row = main.fleetRow('Survival');
  await expect(row).toContainText('running', { timeout: 20_000 });
  const accountId = (await row.getAttribute('data-server'))?.split('/')[0];

  await test.step('Perch knows that the panel is away', async () => {
    await sandbox.control({ do: 'panel', maintenance: {} });
    await callPressed(page, 'accounts.retry', { accountId });
    await expect(main.accountProblem).toBeVisible({ timeout: 20_000 });
  });

  await test.step('the command line sends nothing without its option', async () => {
    const commandLine = new CommandLine(desktop.env, perch.dataFolder);
    for (const words of [
      ['start', 'Creative'],
      ['restart', 'Survival'],
    ]) {
      const { code, err } = await commandLine.run(words);
      expect(code, words.join(' ')).toBe(7);
      expect(err).toContain('is closed for maintenance.');
      expect(err).toContain('--yes');
    }
    expect((await serverState('Creative')).state).toBe('offline');
    expect((await serverState('Survival')).state).toBe('running');
  });

  await test.step('the window asks, and Cancel sends nothing', async () => {
    await main.openServer('Survival');
    await server.power('restart').click();
    await expect(question).toContainText('can start it again only once the panel answers');
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    expect((await serverState('Survival')).state).toBe('running');
  });

  await test.step('after a yes the server stays down: reported at once, and marked until it runs again', async () => {
    await server.power('restart').click();
    await page.getByRole('button', { name: 'Restart anyway' }).click();
    await expect(main.state).toContainText('offline', { timeout: 30_000 });
    const notification = await within(60_000, 'the notification', async () =>
      (await desktop.notifications()).find(({ summary }) => summary.includes('Survival')),
    );
    expect(notification.summary).toContain('failed');
    await page.getByRole('button', { name: /^Needs attention/ }).click();
    await expect(main.fleetRow('Survival')).toContainText('Restart failed, server is down');
    await page.getByRole('button', { name: 'Events' }).click();
    await expect(page.getByTestId('events-view')).toContainText('Restart of Survival failed');
  });

  await test.step('the panel is back, and a start ends it', async () => {
    await sandbox.control({ do: 'panel', maintenance: null });
    await callPressed(page, 'accounts.retry', { accountId });
    await expect(main.accountProblem).toHaveCount(0, { timeout: 20_000 });
    await main.openServer('Survival');
    await server.power('start').click();
    await expect(main.state).toHaveText('running', { timeout: 30_000 });
    await expect.poll(() => desktop.displayedNotifications()).toBe(0);
  });
});
