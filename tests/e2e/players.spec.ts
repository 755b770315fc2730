/** Players of a server through the window: verbs, the console's answers, and the lists of the game. */
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('players are whitelisted, banned and pardoned from the window', async ({ desktop, sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await main.openServer('Survival');
  await expect(page.getByTestId('server-state')).toContainText(/running/i, { timeout: 20_000 });
  const server = new ServerWindow(page);
  await server.tab('Players');
  const list = (kind: string) => page.locator(`[data-testid=player-list][data-list=${kind}]`);
  const result = page.getByTestId('player-result');

  await test.step('a name goes onto the whitelist, as the console and the file say', async () => {
    await list('whitelist').getByTestId('list-add').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
    await expect(page.getByTestId('player-command')).toHaveText('whitelist add Anna');
    await page.keyboard.press('Enter');
    await expect(result).toContainText('Added Anna to the whitelist', { timeout: 20_000 });
    await expect(list('whitelist').getByTestId('list-entry')).toContainText(['Anna'], { timeout: 20_000 });
  });

  await test.step('a ban with a reason stands in the list, and is taken back', async () => {
    await list('bans').getByTestId('list-add').click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Mallory');
    await page.getByRole('textbox', { name: 'Reason' }).fill('griefing');
    await page.getByTestId('player-go').click();
    await expect(result).toContainText('Mallory banned from Survival', { timeout: 20_000 });
    await expect(list('bans').getByTestId('list-entry')).toContainText(['griefing'], { timeout: 20_000 });
    await new Pictures(perch, page).take('players');
    await page.getByTestId('player-undo').click();
    await expect(result).toContainText('Unbanned Mallory', { timeout: 20_000 });
    await expect(list('bans').getByTestId('list-entry')).toHaveCount(0, { timeout: 20_000 });
  });

  await test.step('everybody gets a message, and the console shows it', async () => {
    await page.getByTestId('players-message-all').click();
    const dialog = page.getByTestId('broadcast-dialog');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('Back in five');
    await page.keyboard.press('Enter');
    await expect(dialog.getByTestId('broadcast-result')).toContainText('The console showed the message', {
      timeout: 20_000,
    });
    await new Pictures(perch, page).take('message-one');
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });

  await test.step('a watched player comes, and a notification says so', async () => {
    await page.getByTestId('watched-name').fill('anna');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('watched-player')).toHaveText(['anna']);
    await server.tab('Console');
    await main.sendCommand('join Anna');
    await expect
      .poll(async () => (await desktop.notifications()).map(({ summary }) => summary), { timeout: 20_000 })
      .toEqual(['Anna is on Survival']);
    await server.tab('Players');
    const row = page.getByTestId('player-row').filter({ hasText: 'Anna' });
    await expect(row.getByTestId('player-watched')).toBeVisible({ timeout: 20_000 });
    await page.getByTestId('watched-name').scrollIntoViewIfNeeded();
    await new Pictures(perch, page).take('watched-players', () =>
      page.getByTestId('watched-name').scrollIntoViewIfNeeded(),
    );
  });

  await test.step('the game is not asked, and is asked again', async () => {
    const reach = page.getByTestId('reach');
    const toggle = async (): Promise<void> => {
      await page.getByTestId('query-choose').press('Enter');
      const dialog = page.getByTestId('query-dialog');
      await dialog.getByRole('switch').press('Space');
      await dialog.getByRole('textbox', { name: 'Port' }).press('Enter');
      await expect(dialog).toHaveCount(0);
    };
    await page.getByTestId('query-choose').click();
    await expect(page.getByTestId('query-now')).toContainText('The game answers.', { timeout: 20_000 });
    await new Pictures(perch, page).take('game-questions');
    await page.keyboard.press('Escape');
    await toggle();
    await expect(reach).toContainText('Perch does not ask this server.');
    await server.tab('Console');
    await main.sendCommand('join Saga');
    await server.tab('Players');
    await expect(page.getByTestId('players-console')).toContainText('named by the console', {
      ignoreCase: true,
      timeout: 20_000,
    });
    await expect(page.getByTestId('player-row')).toContainText(['Saga']);
    await new Pictures(perch, page).take('players-of-console');
    await toggle();
    await expect(reach).toContainText('the game answers', { ignoreCase: true, timeout: 40_000 });
  });

  await test.step('a wish for the empty server is made by keys, shown, and taken back', async () => {
    const line = page.getByTestId('when-empty-line');
    const choose = async (box: string, key: string, times: number): Promise<void> => {
      await page.getByTestId(box).press('Enter');
      await expect(page.getByTestId(box)).toHaveAttribute('aria-activedescendant', /./);
      for (let time = 0; time < times; time++) await page.keyboard.press(key);
      await page.keyboard.press('Enter');
    };
    await expect(line).toHaveCount(0);
    await page.getByTestId('when-empty-open').press('Enter');
    await choose('when-empty-does', 'ArrowDown', 3);
    await expect(page.getByTestId('when-empty-hours')).toBeVisible();
    await choose('when-empty-hours', 'ArrowUp', 2);
    await new Pictures(perch, page).take('when-empty-choice');
    await page.getByTestId('when-empty-done').press('Enter');
    await expect(line).toContainText(/Restarts (?:at|after)/);
    await new Pictures(perch, page).take('when-empty');
    // The wish is a rule: the view of rules shows it, with the way back.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('automation');
    await page.keyboard.press('Enter');
    const rule = page.getByTestId('derived-rule');
    await expect(rule).toContainText('When nobody is on · Survival');
    await expect(rule).toContainText('Perch is doing nothing else with the server');
    await new Pictures(perch, page).take('derived-rules');
    await page.getByTestId('derived-open').press('Enter');
    await expect(line).toBeVisible();
    await server.tab('Settings');
    await expect(page.getByTestId('when-empty-section').getByTestId('when-empty-line')).toBeVisible();
    await choose('when-empty-does', 'ArrowUp', 3);
    await expect(line).toHaveCount(0);
  });

  await test.step('the event stands in the log of the server', async () => {
    await server.tab('Events');
    await expect(page.getByText('Mallory banned from Survival').first()).toBeVisible();
    await expect(page.getByText('Reason: griefing.').first()).toBeVisible();
    await expect(page.getByText('Message to the players of Survival').first()).toBeVisible();
  });
});
