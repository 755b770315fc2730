/** Unsaved input: closing the window keeps it, and quitting asks first. */
import { startDesktop } from '../support/desktop/desktop.mjs';
import {
  answerWith,
  asked,
  closeMain,
  connected,
  applicationEnd,
  untilMainHandled,
  mainWindow,
  reopenMain,
} from './closing.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, launchPerch, test } from './perch.js';

test('closing the window keeps typed text until it is saved', async ({ desktop, sandbox, launch }) => {
  test.slow();
  const perch = await launch();
  let main = await connected(perch, sandbox);
  const creative = sandbox.servers.find(({ name }) => name === 'Creative')?.uuid ?? '';
  const serverState = async (): Promise<{ description: string; values: Record<string, string> }> => {
    const { result } = (await sandbox.control({ do: 'look', server: creative })) as {
      result: { description: string; values: Record<string, string> };
    };
    return result;
  };

  await test.step('without unsaved text the window is destroyed', async () => {
    await main.openServer('Creative');
    await new ServerWindow(main.page).tab('Startup');
    await main.page.getByTestId('variable-VIEW_DISTANCE').locator('input').fill('9');
    await main.page.getByRole('button', { name: 'Discard' }).click();
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
  });

  main = new MainWindow(await reopenMain(perch, desktop));
  const { page } = main;
  const server = new ServerWindow(page);
  const distance = page.getByTestId('variable-VIEW_DISTANCE').locator('input');
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));

  await test.step('changes, and text in the command line, outlive it', async () => {
    await main.openServer('Survival');
    await expect(page.getByTestId('command-input')).toBeEnabled();
    await page.getByTestId('command-input').fill('say half');
    await main.openServer('Creative');
    await server.tab('Startup');
    await distance.fill('9');
    await server.tab('Settings');
    await server.description.fill('Typed before the window was closed');
    await page.keyboard.press('Control+k');
    await expect(page.getByTestId('palette')).toBeVisible();
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBe('hidden');
    // The page learns that its window is kept, closes the palette and reports its drafts again.
    await expect(page.getByTestId('palette')).toBeHidden();
    await untilMainHandled(perch, page);
    expect(await mainWindow(perch)).toBe('hidden');
    expect(await reopenMain(perch, desktop)).toBe(page);
    await expect(page.getByTestId('palette')).toBeHidden();
    await expect(server.description).toHaveValue('Typed before the window was closed');
    await server.tab('Startup');
    await expect(distance).toHaveValue('9');
    await main.openServer('Survival');
    await expect(page.getByTestId('command-input')).toHaveValue('say half');
    await expect(page.getByTestId('console-link')).toContainText('live');
  });

  await test.step('a notification, or whatever asks for a view, shows the same window', async () => {
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBe('hidden');
    await desktop.clickMenu(['Survival', 'Open console']);
    await expect.poll(() => mainWindow(perch)).toBe('shown');
    await expect(page.getByRole('heading', { name: 'Survival', level: 1 })).toBeVisible();
    await expect(page.getByTestId('command-input')).toHaveValue('say half');
  });

  await test.step('all of it can be saved and sent, and then the window goes', async () => {
    await page.getByTestId('command-input').press('Enter');
    await expect(page.getByTestId('command-input')).toHaveValue('');
    await main.openServer('Creative');
    await server.tab('Startup');
    await server.startupSave.click();
    await expect.poll(async () => (await serverState()).values['VIEW_DISTANCE']).toBe('9');
    await server.tab('Settings');
    await page.getByTestId('settings-save').click();
    await expect
      .poll(async () => (await serverState()).description)
      .toBe('Typed before the window was closed');
    await expect(page.getByTestId('settings-save')).toBeHidden();
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
    expect(problems).toEqual([]);
  });
});

test('a kept window closes when its drafts are gone, holds no key, and ends at a signal', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  let main = await connected(perch, sandbox);

  await test.step('the server with the drafts is removed from the panel', async () => {
    await main.openServer('Lobby');
    await new ServerWindow(main.page).tab('Settings');
    await new ServerWindow(main.page).description.fill('Half');
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBe('hidden');
    await sandbox.control({ do: 'remove-server', server: 'Lobby' });
    // Perch reads the list of servers every minute.
    await expect.poll(() => mainWindow(perch), { timeout: 90_000 }).toBeNull();
  });

  await test.step('only the main window speaks for itself, and a page that is loaded again holds nothing', async () => {
    main = new MainWindow(await reopenMain(perch, desktop));
    await main.openServer('Creative');
    await new ServerWindow(main.page).tab('Settings');
    await new ServerWindow(main.page).description.fill('Half');
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBe('hidden');
    await desktop.activateTray();
    const popover = await perch.window('popover');
    const held = { serverIds: [], panel: false, dialog: false };
    await popover.evaluate((input) => window.perch.call('window.setDrafts', input), held);
    await untilMainHandled(perch, popover);
    expect(await mainWindow(perch)).toBe('hidden');
    await perch.app.evaluate(({ BrowserWindow }) => {
      const main = BrowserWindow.getAllWindows().find((one) =>
        one.webContents.getURL().includes('main.html'),
      );
      main?.webContents.reload();
    });
    await expect.poll(() => mainWindow(perch)).toBeNull();
  });

  await test.step('the address of a panel stays, its key does not', async () => {
    const page = await reopenMain(perch, desktop);
    await page.getByRole('button', { name: 'Add panel' }).click();
    const form = new Onboarding(page);
    await form.url.fill('https://panel.example.com');
    await form.key.fill('ptlc_typedButNotSent');
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBe('hidden');
    const values = (): Promise<string> =>
      page.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value).join());
    await expect.poll(values).not.toContain('ptlc_');
    expect(await reopenMain(perch, desktop)).toBe(page);
    await expect(form.url).toHaveValue('https://panel.example.com');
    await expect(form.key).toHaveValue('');
    await expect(page.getByRole('form', { name: 'Connect a panel' })).toContainText('Perch forgot the key');
    await form.url.fill('');
    await form.key.fill('ptlc_typedButNotSent');
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
  });

  await test.step('a signal ends Perch at once, whatever is unsaved', async () => {
    main = new MainWindow(await reopenMain(perch, desktop));
    await main.openServer('Creative');
    await new ServerWindow(main.page).tab('Settings');
    await new ServerWindow(main.page).description.fill('Half');
    await answerWith(perch, 'Keep editing');
    const ended = applicationEnd(perch);
    perch.app.process().kill('SIGTERM');
    await ended;
  });
});

test('a kept window shows no earlier question, and quitting asks before it loses text', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const main = await connected(perch, sandbox);
  const { page } = main;
  const server = new ServerWindow(page);
  const input = page.getByTestId('command-input');
  const question = page.getByRole('dialog');
  await main.openServer('Survival');
  await expect(input).toBeEnabled();

  await test.step('a question of danger is answered with no', async () => {
    await input.fill('say half');
    await server.kill();
    await expect(question).toContainText('Survival');
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBe('hidden');
    await expect(question).toHaveCount(0);
    await desktop.clickMenu(['Lobby', 'Open console']);
    await expect.poll(() => mainWindow(perch)).toBe('shown');
    await expect(page.getByRole('heading', { name: 'Lobby', level: 1 })).toBeVisible();
    await expect(question).toHaveCount(0);
  });

  await test.step('text for a server that takes none can be read and cleared', async () => {
    await main.openServer('Survival');
    await server.power('stop').click();
    await expect(main.state).toContainText('offline', { timeout: 30_000 });
    await expect(input).toHaveValue('say half');
    await expect(input).toHaveAttribute('readonly');
    await input.press('Enter');
    await expect(input).toHaveValue('say half');
    await expect(page.getByRole('button', { name: 'Clear the command line' })).toBeVisible();
    await input.press('Escape');
    await expect(input).toHaveValue('');
    await expect(input).toBeDisabled();
    await expect(page.getByTestId('history')).toBeFocused();
    await expect(page.getByTestId('command-clear')).toHaveCount(0);
  });

  await test.step('a dialog with entered text keeps the window, and Quit asks', async () => {
    await page.getByTestId('snippets').click();
    await page.getByRole('button', { name: 'Edit the snippets' }).click();
    await page.getByRole('button', { name: 'Add a snippet' }).click();
    await page.getByLabel('Name of snippet 1').fill('Half');
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBe('hidden');
    await answerWith(perch, 'Keep editing');
    await desktop.clickMenu(['Quit Perch']);
    await expect.poll(() => mainWindow(perch)).toBe('shown');
    const [first] = await asked(perch);
    expect(first?.detail).toContain('open dialog');
    await expect(page.getByLabel('Name of snippet 1')).toHaveValue('Half');
    await page.getByRole('button', { name: 'Cancel' }).click();
  });

  await test.step('once no text is unsaved the window is destroyed', async () => {
    await closeMain(perch);
    await expect.poll(() => mainWindow(perch)).toBeNull();
  });

  const reopened = new MainWindow(await reopenMain(perch, desktop));
  await reopened.openServer('Creative');
  const form = new ServerWindow(reopened.page);
  await form.tab('Settings');
  await form.description.fill('Half');
  await closeMain(perch);
  await expect.poll(() => mainWindow(perch)).toBe('hidden');

  await test.step('Keep editing shows the window', async () => {
    await answerWith(perch, 'Keep editing');
    await desktop.clickMenu(['Quit Perch']);
    await expect.poll(() => mainWindow(perch)).toBe('shown');
    await expect(form.description).toHaveValue('Half');
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await popover.getByRole('button', { name: 'Quit' }).click();
    await expect.poll(async () => (await asked(perch)).length).toBe(2);
    const [question] = await asked(perch);
    expect(question).toMatchObject({ buttons: ['Keep editing', 'Quit and discard'], defaultId: 0 });
    expect(question?.detail).toContain('Creative');
    await expect(form.description).toHaveValue('Half');
  });

  await test.step('Quit and discard quits', async () => {
    await answerWith(perch, 'Quit and discard');
    await Promise.all([applicationEnd(perch), desktop.clickMenu(['Quit Perch'])]);
  });
});

test('without a tray, closing the window quits, after a question', async ({ sandbox }) => {
  const desktop = await startDesktop({ tray: false });
  const perch = await launchPerch(desktop);
  try {
    const main = await connected(perch, sandbox);
    await main.openServer('Creative');
    const server = new ServerWindow(main.page);
    await server.tab('Settings');
    await server.description.fill('Half');
    await answerWith(perch, 'Keep editing');
    await closeMain(perch);
    await expect.poll(async () => (await asked(perch)).length).toBe(1);
    await expect.poll(() => mainWindow(perch)).toBe('shown');
    await expect(server.description).toHaveValue('Half');
    // Choosing to keep editing leaves everything, even the key, which a closed window does not keep.
    await main.page.getByRole('button', { name: 'Add panel' }).click();
    const form = new Onboarding(main.page);
    await form.url.fill('https://panel.example.com');
    await form.key.fill('ptlc_typedButNotSent');
    await closeMain(perch);
    await expect.poll(async () => (await asked(perch)).length).toBe(2);
    await expect.poll(() => mainWindow(perch)).toBe('shown');
    await form.expectNothingLost('https://panel.example.com', 'ptlc_typedButNotSent');
    await answerWith(perch, 'Quit and discard');
    await Promise.all([applicationEnd(perch), closeMain(perch)]);
  } finally {
    await perch.quit();
    await desktop.stop();
  }
});
