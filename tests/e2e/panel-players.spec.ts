/** Players of a game that this computer cannot ask, counted by a plugin of a Pelican panel. */
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test.use({ sandboxFlags: ['--dialect', 'pelican'] });

test('the panel names the players of a game that does not answer this computer', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  await sandbox.control({ do: 'panel', playerCounter: true });
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  const main = new MainWindow(page);
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await main.openServer('Survival');
  await expect(page.getByTestId('server-state')).toContainText(/running/i, { timeout: 20_000 });
  for (const player of ['Wren', 'Saga']) await main.sendCommand(`join ${player}`);
  await new ServerWindow(page).tab('Players');
  await page.getByTestId('query-choose').click();
  // Nothing listens on this port.
  await page.getByTestId('query-dialog').getByRole('textbox', { name: 'Port' }).fill('25999');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('panel-counts')).toContainText('The game answers the panel', {
    timeout: 90_000,
  });
  await expect(page.getByTestId('players-source')).toContainText('reported by the panel');
  // The names of the panel take the place of those of the console.
  await expect(page.getByTestId('players-console')).toHaveCount(0, { timeout: 90_000 });
  await expect(page.getByTestId('player-row')).toHaveText([/Saga/, /Wren/], { timeout: 90_000 });
  await expect(page.getByTestId('players-count')).toHaveText('2 of 20 players');
  await new Pictures(perch, page).take('panel-players');
});
