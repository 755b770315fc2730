/** Bulk power: confirmed, paced, cancelled, reported per server, and undone only for the servers that ran. */
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('a bulk action stops many servers, shows each result, and restarts exactly those that ran', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const stateOf = async (server: string): Promise<string> => {
    const { result } = (await sandbox.control({ do: 'look', server })) as { result: { state: string } };
    return result.state;
  };
  const running = ['Lobby', 'Rust Belt', 'Skyblock', 'Survival'];
  const item = (name: string) => page.getByTestId('bulk-item').filter({ hasText: name });
  const pauseOf = (seconds: string) =>
    page.getByTestId('bulk-confirm').getByTestId('bulk-pause').fill(seconds);

  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  for (const name of running) {
    await expect(main.fleetRow(name)).toContainText('running', { timeout: 30_000 });
  }

  await test.step('one message reaches the players of running servers', async () => {
    await page.getByTestId('fleet-more').click();
    await page.getByTestId('message-all').click();
    const dialog = page.getByTestId('broadcast-dialog');
    await dialog.getByRole('switch').check();
    for (const name of running) await expect(dialog).toContainText(name);
    await expect(dialog).toContainText('The server is offline.');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('Back in "five"; wait');
    await expect(dialog.getByTestId('broadcast-command').first()).toHaveText('say Back in "five"; wait');
    await new Pictures(perch, page).take('message-many');
    await dialog.getByRole('textbox', { name: 'Message' }).press('Enter');
    // The state of one server is not known, and its node does not answer.
    await expect(page.getByTestId('bulk-progress')).toContainText('Messaged the players of 3 of 4 servers', {
      timeout: 20_000,
    });
    await expect(page.getByTestId('bulk-progress')).toContainText('1 skipped');
    await page.getByTestId('bulk-dismiss').click();
  });

  await test.step('asks with the complete list, and cancelled servers keep their state', async () => {
    for (const name of running) await main.fleetRow(name).getByRole('checkbox').check();
    await main.fleetRow('Creative').getByRole('checkbox').check();
    await page.getByTestId('bulk-stop').click();
    const question = page.getByTestId('bulk-confirm');
    for (const name of running) await expect(question).toContainText(name);
    // Already offline: listed with the reason and skipped.
    await expect(question).toContainText('Creative');
    await expect(question).toContainText('The server is offline.');
    await pauseOf('30');
    await page.getByTestId('bulk-go').click();
    await expect(page.getByTestId('bulk-progress')).toContainText(/next in \d+ s/);
    await page.getByTestId('bulk-cancel').click();
    await expect(page.getByTestId('bulk-progress')).toContainText('3 cancelled');
    await expect.poll(() => stateOf('Lobby')).toBe('offline');
    for (const name of running.slice(1)) expect(await stateOf(name)).toBe('running');
    await page.getByTestId('bulk-dismiss').click();
    await expect(page.getByTestId('bulk-progress')).toBeHidden();
  });

  await test.step('an unanswered server is reported, and the others continue', async () => {
    await page.getByTestId('fleet-more').click();
    await page.getByTestId('stop-all').click();
    await pauseOf('12');
    await page.getByTestId('bulk-go').click();
    // The node goes down in the pause between its two servers.
    await expect.poll(() => stateOf('Rust Belt'), { timeout: 30_000, intervals: [100] }).toBe('offline');
    await expect(main.fleetRow('Rust Belt')).toContainText('offline', { timeout: 20_000 });
    await sandbox.control({ do: 'node-down', node: 'Summit' });
    // Perch waits for the result of a signal for at most a minute.
    await expect(page.getByTestId('bulk-progress')).toContainText(/Stopped 2 of 3 servers/, {
      timeout: 120_000,
    });
    // Perch leaves out a server whose state it can no longer read. Before it knows, the signal has no answer.
    await expect(page.getByTestId('bulk-progress')).toContainText(/1 (?:skipped|unknown)/);
    await page.getByTestId('bulk-progress').getByRole('button').first().click();
    await expect(item('Skyblock')).toContainText('node');
    await expect(item('Rust Belt')).toContainText(/done/i);
    await expect.poll(() => stateOf('Survival')).toBe('offline');
    await sandbox.control({ do: 'node-up', node: 'Summit' });
  });

  await test.step('starts again exactly those that ran', async () => {
    await page.getByTestId('bulk-dismiss').click();
    // The outcome of the stop is unknown while the node is down; Perch polls until the state is known.
    await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 150_000 });
    await page.getByTestId('start-again').click();
    const question = page.getByTestId('bulk-confirm');
    await expect(question).toContainText('Survival');
    await expect(question).toContainText('Rust Belt');
    for (const name of ['Creative', 'Skyblock', 'Lobby']) await expect(question).not.toContainText(name);
    await page.getByTestId('bulk-go').click();
    await expect.poll(() => stateOf('Survival'), { timeout: 60_000 }).toBe('running');
    expect(await stateOf('Creative')).toBe('offline');
    expect(await stateOf('Lobby')).toBe('offline');
    await expect(page.getByTestId('bulk-progress')).toContainText('Started 2 servers', {
      timeout: 60_000,
    });
    await expect(page.getByTestId('start-again')).toBeHidden();
  });
});
