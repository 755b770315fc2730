/** Hostile panels and consoles: their data affects only their own row. */
import { startTamperedPanel } from '../support/odd-panel.js';
import { MainWindow, Onboarding, popoverRow } from './pages.js';
import { expect, test, within } from './perch.js';

const markup = `<img src=x onerror="document.title='owned'"><b>Creative</b>`;

test('a hostile list: markup stays text, and a broken entry affects only its own row', async ({
  desktop,
  sandbox,
  launch,
}) => {
  let huge = false;
  const panel = await startTamperedPanel(sandbox.panel, (body, path) => {
    const renamed = body
      .replaceAll('"Creative"', JSON.stringify(markup))
      .replaceAll('"Skyblock"', JSON.stringify('Sky\u202Eblock\u0007\nQuit Perch'));
    if (!/^\/api\/client(\?|$)/.test(path)) return renamed;
    if (huge) return `{"object":"list","data":["${'x'.repeat(10_000_000)}"]}`;
    const list = JSON.parse(renamed) as { data: { attributes: { name: string } }[] };
    const lobby = list.data.find(({ attributes }) => attributes.name === 'Lobby');
    Object.assign(lobby?.attributes ?? {}, { limits: 'all of them', uuid: { a: 1 } });
    return JSON.stringify(list);
  });
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(panel.url, sandbox.keys.owner);

  await test.step('the good rows are visible, the bad row is not', async () => {
    await expect(main.fleetRow('Survival')).toContainText(/starting|running/, { timeout: 20_000 });
    await expect(main.fleetRow(markup)).toBeVisible();
    await expect(main.fleetRow('Lobby')).toHaveCount(0);
    expect(await page.locator('main img, nav img').count()).toBe(0);
    expect(await page.title()).not.toBe('owned');
  });

  await test.step('the menu shows names as plain lines', async () => {
    const labels = await within(40_000, 'the servers in the menu', async () => {
      const found = (await desktop.trayMenu()).map((entry) => entry.label);
      return found.some((label) => label.includes('Survival')) ? found : undefined;
    });
    expect(labels.find((label) => label.includes('Creative'))).toContain('<b>');
    expect(labels.every((label) => !/[\p{Cc}\u202e]/u.test(label))).toBe(true);
    expect(labels.filter((label) => label === 'Quit Perch')).toHaveLength(1);
  });

  await test.step('an answer of 10 MB is refused, and the list stays as it was', async () => {
    huge = true;
    await page.evaluate(async () => {
      const accountId = document
        .querySelector<HTMLElement>('[data-testid=fleet-row]')
        ?.dataset['server']?.split('/')[0];
      await window.perch.call('accounts.retry', { accountId });
    });
    await expect(main.accountProblem).toContainText('sent more data than a panel would');
    await expect(main.fleetRow('Survival')).toBeVisible();
    await desktop.activateTray();
    await expect(popoverRow(await perch.window('popover'), 'Survival')).toBeVisible();
  });
  await panel.stop();
});

test('console output touches neither clipboard nor title, and types no text', async ({ sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await main.openServer('Survival');
  await expect(page.getByTestId('command-input')).toBeEnabled({ timeout: 20_000 });
  const readClipboard = (): Promise<string> => perch.app.evaluate(({ clipboard }) => clipboard.readText());
  await perch.app.evaluate(({ clipboard }) => clipboard.writeText('untouched'));
  const title = await page.title();
  const nativeTitle = (): Promise<string[]> =>
    perch.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    );
  const titles = await nativeTitle();

  const clipboardWrite = Buffer.from('owned').toString('base64');
  const attacks = [
    `\\e]52;c;${clipboardWrite}\\a`,
    `\\e]0;owned\\a`,
    `\\e]2;owned\\e\\\\`,
    `\\e]8;;https://evil.example\\aclick\\e]8;;\\a`,
    `\\e[6n\\e[c\\e[>c\\e[5n`,
    `\\eP$q"p\\e\\\\`,
    `\\e[?1049h\\e[2J`,
    `\\ec`,
  ];
  for (const attack of attacks) {
    await main.sendCommand(`raw ${attack}`);
    await expect.poll(() => main.consoleText(), `the echo of ${attack}`).toContain(`raw ${attack}`);
  }
  await main.sendCommand('say after the storm');

  await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('after the storm');
  expect(await readClipboard()).toBe('untouched');
  expect(await page.title()).toBe(title);
  expect(await nativeTitle()).toEqual(titles);
  await expect(page.getByTestId('command-input')).toHaveValue('');
  await expect(page.locator('[data-testid=console] a')).toHaveCount(0);
  // Answers to terminal queries would return as the echo of a command.
  expect(await main.consoleText()).not.toMatch(/\[\d+;\d+R|\[\?\d+(;\d+)*c/);
  // Lines printed before "clear" and the alternate screen are still above.
  expect((await main.consoleText()).split('\n').filter((line) => line.trim() !== '').length).toBeGreaterThan(
    3,
  );
});
