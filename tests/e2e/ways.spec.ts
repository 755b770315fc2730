/** Navigation by keys and the mouse's back and forward buttons, and the sheet of shortcuts. */
import { Keyboard } from './keyboard.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('navigation leads to a server, back to its row, and back and forward', async ({ sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const keys = new Keyboard(page);
  const input = page.getByTestId('command-input');
  const title = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 30_000 });
  await expect(main.fleetRow('Creative')).toContainText('offline');

  await test.step('who opens one by key is in its command line, and Esc leads back to its row', async () => {
    await keys.press('/');
    await keys.type('lobby');
    await keys.press('ArrowDown', 'Enter');
    await expect(input).toBeFocused();
    await keys.type('say by key');
    await keys.press('Enter');
    await expect.poll(() => main.consoleText()).toContain('by key');
    await keys.type('say half');
    await keys.press('Escape');
    await expect(main.fleetRow('Lobby')).toBeFocused();
    await keys.press('Enter');
    await expect(input).toBeFocused();
    await expect(input).toHaveValue('say half');
    await keys.press('Control+a', 'Delete', 'Escape');
    await page.getByTestId('fleet-filter').fill('');
  });

  await test.step('after opening a server by the pointer, typing reaches it as well', async () => {
    await main.openServer('Lobby');
    await expect(input).toBeEnabled();
    // The first key over the view goes to the command line.
    await keys.type('say by pointer');
    await expect(input).toHaveValue('say by pointer');
    await keys.press('Enter');
  });

  await test.step('two keys start an offline server', async () => {
    await main.openServer('Creative');
    await keys.press('Escape');
    await expect(main.fleetRow('Creative')).toBeFocused();
    await keys.press('Enter');
    await expect(title('Creative')).toBeFocused();
    await keys.press('Tab', 'Enter');
    await expect(main.state).toContainText('running', { timeout: 40_000 });
    await expect(input).toBeEnabled();
    await keys.type('say here');
    await expect(input).toHaveValue('say here');
  });

  await test.step('back and forward, by keys and by the mouse', async () => {
    await keys.press('Alt+ArrowLeft', 'Alt+ArrowLeft');
    await expect(title('Creative')).toBeVisible();
    await keys.press('Alt+ArrowLeft', 'Alt+ArrowLeft');
    await expect(title('All servers')).toBeVisible();
    await keys.press('Alt+ArrowRight');
    await expect(title('Lobby')).toBeVisible();
    const press = (button: number): Promise<void> =>
      page.evaluate((which) => {
        document.body.dispatchEvent(new MouseEvent('mouseup', { button: which, bubbles: true }));
      }, button);
    await press(3);
    await expect(title('All servers')).toBeVisible();
    await press(4);
    await expect(title('Lobby')).toBeVisible();
  });

  await test.step('the sheet', async () => {
    await keys.press('F1');
    const sheet = page.getByTestId('shortcut-sheet');
    await expect(sheet).toContainText('Find servers, commands and settings');
    await new Pictures(perch, page).take('shortcuts');
    await keys.press('Escape');
    await expect(sheet).toBeHidden();
    await page.getByRole('button', { name: 'All servers' }).click();
    await keys.press('?');
    await expect(sheet).toBeVisible();
    await keys.press('Escape');
    await expect(sheet).toBeHidden();
  });
});
