/** Quiet backups of a Minecraft server: what its console shows, the window, and a kill of Perch in the middle. */
import { CommandLine } from './command-line.js';
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

const lines = ['Automatic saving is now disabled', 'Saved the game', 'Automatic saving is now enabled'];

test('saving is off during a quiet backup and on afterwards, also after a kill of Perch', async ({
  desktop,
  sandbox,
  launch,
}) => {
  await sandbox.control({ do: 'panel', backupThrottle: { limit: 2, period: 0 } });
  const first = await launch();
  const page = await first.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const perch = new CommandLine(desktop.env, first.dataFolder);

  /** The game's lines about saving, oldest first. */
  const said = async (): Promise<string[]> => {
    const { out } = await perch.run(['logs', 'Survival', '--lines', '500']);
    return out.split('\n').flatMap((line) => lines.filter((text) => line.trimEnd().endsWith(`]: ${text}`)));
  };

  await test.step('the command line waits until saving is on again', async () => {
    const made = await perch.run(['backup', 'create', 'Survival', '--quietly', '--name', 'First', '--wait']);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toMatch(/First.*The server is back\./s);
    await expect.poll(said).toEqual(lines);
  });

  await test.step('the window says what happens, shows the steps, and brings the server back', async () => {
    const main = new MainWindow(page);
    const keys = new Keyboard(page);
    const pictures = new Pictures(first, page);
    await sandbox.control({ do: 'backups', server: 'Survival', rate: 1 });
    await main.openServer('Survival');
    await new ServerWindow(page).tab('Backups');
    await page.getByTestId('backup-new').click();
    await keys.tabTo(page.getByRole('switch', { name: /^Quietly/ }));
    await page.keyboard.press('Space');
    await expect(page.getByTestId('quiet-will')).toContainText('switches its saving off');
    await pictures.take('quiet-choice');
    await page.getByTestId('backup-create').click();
    await expect(page.getByTestId('quiet-line')).toContainText('3 of 5 steps done', { timeout: 30_000 });
    await pictures.take('quiet-line');
    await keys.tabTo(page.getByTestId('quiet-bring-back'));
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('quiet-line')).toBeHidden();
    await expect.poll(said).toEqual([...lines, ...lines]);
    await sandbox.control({ do: 'backups', server: 'Survival', rate: null });
    await expect(page.getByTestId('backup-row').first()).toHaveAttribute('data-backup', 'good', {
      timeout: 60_000,
    });
  });

  await test.step('after a kill the next run switches saving on', async () => {
    await sandbox.control({ do: 'backups', server: 'Survival', rate: 1 });
    const begun = await perch.run(['backup', 'create', 'Survival', '--quietly', '--name', 'Second']);
    expect(begun).toMatchObject({ code: 0 });
    const main = first.app.process();
    const ended = new Promise((resolve) => main.once('exit', resolve));
    main.kill('SIGKILL');
    await ended;
    const second = await launch();
    await second.window('main');
    await expect.poll(said).toEqual([...lines, ...lines, ...lines.slice(0, 2)]);
    await sandbox.control({ do: 'backups', server: 'Survival', rate: null });
    await expect.poll(said, { timeout: 60_000 }).toEqual([...lines, ...lines, ...lines]);
  });
});
