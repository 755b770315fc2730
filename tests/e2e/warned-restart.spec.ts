/** Warned restart: players get warnings in the server's console, and a further message if the restart is cancelled. */
import { answerWith, asked, closeMain, mainWindow } from './closing.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { callPressed, expect, isRunning, test } from './perch.js';
import { Pictures } from './pictures.js';

test('players are warned of a restart, which continues without a window, and get a message if it is cancelled', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const serverId = (await main.fleetRow('Survival').getAttribute('data-server')) ?? '';
  await main.openServer('Survival');
  const pictures = new Pictures(perch, page);
  const line = page.getByTestId('warned-line');

  await test.step('asked from the menu, counted down, called off', async () => {
    await server.power('more').click();
    await page.getByTestId('power-menu-warn').click();
    await pictures.take('warn-question');
    await page.getByRole('radio', { name: '10 minutes' }).check();
    await page.getByTestId('warn-go').click();
    await expect(line).toContainText(/Restart in (?:10 min|9 min \d+ s)/);
    await expect.poll(() => main.consoleText()).toContain('The server restarts in 10 minutes.');
    await pictures.take('warned-line');
    await page.getByTestId('call-off').click();
    await expect(page.getByTestId('warned-end')).toContainText('Perch told the players');
    await expect.poll(() => main.consoleText()).toContain('The restart was cancelled.');
  });

  await test.step('the dialog begins with the last choice, from the palette as well', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('warning survival');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('warn-first')).toHaveText('say The server restarts in 10 minutes.');
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('warn-question')).toHaveCount(0);
  });

  await test.step('it continues without a window, and then the server is restarted', async () => {
    const stateOf = async (): Promise<unknown> => {
      const { result } = (await sandbox.control({ do: 'look', server: 'Survival' })) as {
        result: { state: string };
      };
      return result.state;
    };
    await callPressed(page, 'warned.begin', {
      serverId,
      seconds: 20,
      message: 'Back soon, in {time}.',
      command: 'say {text}',
    });
    // Quitting would cancel the restart, so Perch asks.
    await answerWith(perch, 'Keep Perch running');
    await callPressed(page, 'app.quit', undefined);
    await expect
      .poll(() => asked(perch))
      .toMatchObject([{ detail: 'Perch cancels the restart of Survival and tells its players.' }]);
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
    await expect.poll(stateOf, { timeout: 60_000 }).not.toBe('running');
    await isRunning(sandbox, 'Survival');
  });
});
