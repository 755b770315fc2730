/** Channels from the settings to a service on loopback, which a crash reaches and a restart does not lose. */
import { startChannelService } from '../support/channel-services.js';
import { answerWith, asked, connected } from './closing.js';
import { Keyboard } from './keyboard.js';
import { choose, ServerWindow } from './pages.js';
import { expect, test, within } from './perch.js';
import { Pictures } from './pictures.js';

test('a crash reaches a channel that was set up by keys, and its secret stays in the keychain', async ({
  sandbox,
  launch,
}) => {
  const service = await startChannelService('ntfy');
  const discord = await startChannelService('discord');
  const perch = await launch();
  const page = await perch.window('main');
  const pictures = new Pictures(perch, page);
  const keys = new Keyboard(page);
  const main = await connected(perch, sandbox);
  const said = (): string => [...service.seen.values()].join('\n');
  const boards = (): string[] =>
    [...discord.seen.values()].filter((text) => text.startsWith('Server status'));
  const shown = (): string => boards().join('\n');
  await answerWith(perch, 'Send there');

  await test.step('keys alone set a channel up; a wrong address is marked', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings: channels');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Channels', exact: true, level: 2 })).toBeFocused();
    await pictures.take('channels-none');
    await page.getByTestId('channel-add').focus();
    await keys.press('Enter');
    const dialog = page.getByTestId('add-channel');
    await dialog.getByTestId('channel-kind').focus();
    await keys.press('Enter');
    await keys.type('ntfy');
    await keys.press('Enter');
    await dialog.getByLabel('Address of the topic').focus();
    await keys.type('http://ntfy.example.com/topic');
    await keys.press('Enter');
    await expect(dialog.getByLabel('Address of the topic')).toHaveAttribute('aria-invalid', 'true');
    await pictures.take('channels-add');
    await dialog.getByLabel('Address of the topic').fill(service.form.address);
    await dialog.getByLabel('Access token').first().fill(service.form.token);
    await dialog.getByLabel('Name').fill('Phone');
    await keys.press('Enter');
    await expect(page.getByTestId('channel')).toContainText('Phone');
    expect(said()).toContain('Test message from Perch');
    expect(await asked(perch)).toMatchObject([
      { message: `Send notifications to ${service.origin.slice('http://'.length)}?` },
    ]);
  });

  await test.step('a message about a crash', async () => {
    await main.openServer('Skyblock');
    await expect(main.state).toContainText('running', { timeout: 30_000 });
    await main.sendCommand('crash');
    await within(40_000, 'the crash at the service', () =>
      Promise.resolve(said().includes('Skyblock crashed') || undefined),
    );
  });

  await test.step('the event names the channel', async () => {
    await new ServerWindow(page).tab('Events');
    const crash = page.locator('[data-event="crashed"]').first();
    await expect(crash.getByTestId('event-deliveries')).toContainText('Channels: ntfy “Phone”');
    await pictures.take('channels-deliveries');
  });

  await test.step('list, kinds and last messages', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings: channels');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('channel-state')).toContainText('Last message');
    await pictures.take('channels-list', () => page.getByTestId('channel').scrollIntoViewIfNeeded());
    await page.getByTestId('channel-more').click();
    await page.getByTestId('channel-deliveries').click();
    await expect(page.getByTestId('channel-delivery').first()).toContainText('Skyblock');
    await pictures.take('channels-deliveries');
    await keys.press('Escape');
    await page.getByTestId('channel-more').click();
    await page.getByTestId('channel-choose').click();
    await pictures.take('channels-kinds');
    await keys.press('Escape');
  });

  await test.step('a status board in Discord shows a chosen server, and changes with the server', async () => {
    await page.getByTestId('channel-add').click();
    const adding = page.getByTestId('add-channel');
    await adding.getByLabel('Address', { exact: true }).fill(discord.form.address);
    await adding.getByLabel('Name').fill('Community');
    await keys.press('Enter');
    const channel = page.getByTestId('channel').filter({ hasText: 'Community' });
    await expect(channel).toBeVisible();
    discord.seen.clear();
    await channel.getByTestId('channel-more').focus();
    await keys.press('Enter');
    await keys.arrowTo(page.getByTestId('channel-board'), 'ArrowDown');
    await keys.press('Enter');
    const dialog = page.getByTestId('status-board');
    await keys.tabTo(dialog.getByRole('switch', { name: 'Show a status board' }));
    await keys.press('Space');
    await choose(dialog.getByTestId('board-which'), 'some');
    await dialog.getByLabel('Search servers').focus();
    await keys.type('skyb');
    await keys.press('ArrowDown', 'Space');
    await pictures.take('channels-board');
    await dialog.getByTestId('board-save').focus();
    await keys.press('Enter');
    await within(30_000, 'the board at Discord', () =>
      Promise.resolve(shown().includes('running') || undefined),
    );
    await expect(channel.getByTestId('board-state')).toContainText('Status board: changed');
    await pictures.take('channels-board-list', () => channel.scrollIntoViewIfNeeded());
    await main.openServer('Skyblock');
    await main.sendCommand('stop');
    await within(30_000, 'the change of the board', () =>
      Promise.resolve(shown().includes('offline') || undefined),
    );
    expect(boards()).toHaveLength(1);
  });

  await test.step('a service that refuses pauses the channel', async () => {
    service.isGone = true;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings: channels');
    await page.keyboard.press('Enter');
    await page.getByTestId('channel-test').first().click();
    await expect(page.getByTestId('channel-test-problem')).toContainText('does not accept the channel');
    await pictures.take('channels-refused', () =>
      page.getByTestId('channel').first().scrollIntoViewIfNeeded(),
    );
  });

  const entries = await page.evaluate(async () =>
    JSON.stringify(await window.perch.call('diagnosis.report', undefined)),
  );
  expect(entries).not.toContain(service.form.token);
  expect(entries).not.toContain(discord.form.address);
  await service.stop();
  await discord.stop();
});
