import type { MenuEntry } from '../support/desktop/desktop.mjs';
import { filesWith } from '../support/found-text.js';
import { gamePid } from '../support/game-process.js';
import { MainWindow, Onboarding, popoverRow } from './pages.js';
import { expect, keptKey, test, within } from './perch.js';

function entryOf(menu: MenuEntry[], name: string): MenuEntry | undefined {
  return menu.find((entry) => entry.label.includes(name));
}

test('Perch connects a panel, stops a server from the tray, and reports a crash', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const key = sandbox.keys.owner;
  const survival = sandbox.servers.find((server) => server.name === 'Survival');
  const lobby = sandbox.servers.find((server) => server.name === 'Lobby');
  if (survival === undefined || lobby === undefined) throw new Error('The sandbox has other servers.');

  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);

  await test.step('onboarding takes the key and shows the servers', async () => {
    await new Onboarding(page).connect(sandbox.panel, key);
    await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  });

  await test.step('the key is in the keyring and nowhere else', async () => {
    const accountId = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const end = window.perch.watch('fleet', undefined, (event) => {
            if (event.kind !== 'snapshot') return;
            queueMicrotask(() => end());
            const { accounts } = event.snapshot as { accounts: { id: string }[] };
            resolve(accounts[0]?.id ?? '');
          });
        }),
    );
    expect(await keptKey(desktop, accountId)).toBe(key);
    // The session's folder with data, logs and renderer caches; the keyring's own file is encrypted.
    expect(filesWith(desktop.folder, key)).toEqual([]);
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    expect(stored).not.toContain(key);
    expect(await page.content()).not.toContain(key);
    const typed = await page.evaluate(() =>
      [...document.querySelectorAll('input')].map((input) => input.value),
    );
    expect(typed.join()).not.toContain(key);
  });

  await test.step('Stop in the tray menu ends the process, and every view says so soon', async () => {
    await within(30_000, 'Survival runs in the menu', async () => {
      const entry = entryOf(await desktop.trayMenu(), 'Survival');
      return entry?.label.includes('running') ? entry : undefined;
    });
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popoverRow(popover, 'Survival')).toBeVisible();
    expect(gamePid(sandbox.folder, survival.uuid)).not.toBeNull();

    await desktop.clickMenu(['Survival', 'Stop']);
    await within(
      40_000,
      'the process of Survival is gone',
      async () => gamePid(sandbox.folder, survival.uuid) === null || undefined,
    );
    // `npm run bench` measures how soon; here other tests use the processor, too.
    await Promise.all([
      within(30_000, 'the menu says offline', async () =>
        entryOf(await desktop.trayMenu(), 'Survival')?.label.includes('offline') ? true : undefined,
      ),
      expect(main.fleetRow('Survival')).toContainText('offline'),
      expect(popoverRow(popover, 'Survival')).toContainText('offline'),
    ]);
    // A requested stop is no crash.
    expect(await desktop.notifications()).toEqual([]);
  });

  await test.step('a crash gives one notification, and its click opens the console', async () => {
    await main.openServer('Lobby');
    await expect(page.getByTestId('command-input')).toBeEnabled();
    await main.sendCommand('list');
    await expect.poll(() => main.consoleText()).toContain('list');
    await main.sendCommand('crash');
    const told = await within(30_000, 'a notification', async () => (await desktop.notifications())[0]);
    expect(told.summary).toContain('Lobby');
    expect(told.body).toContain(new URL(sandbox.panel).host);

    await page.getByRole('button', { name: 'All servers' }).click();
    await expect(main.fleetRow('Lobby')).toBeVisible();
    await desktop.pressNotification();
    await expect(page.getByRole('heading', { name: 'Lobby' })).toBeVisible();
    await expect(page.getByTestId('console')).toBeVisible();
    // The node restarts a crashed server; neither the restart nor the crash gets a second notification.
    await expect(main.state).toContainText('running', { timeout: 20_000 });
    expect(await desktop.notifications()).toHaveLength(1);
  });

  await test.step('a second start finds the panel again without asking', async () => {
    await perch.quit();
    const again = await launch();
    const secondPage = await again.window('main');
    // The view that was open when Perch quit.
    await expect(secondPage.getByTestId('console')).toBeVisible({ timeout: 20_000 });
    await secondPage.getByRole('button', { name: 'All servers' }).click();
    await expect(new MainWindow(secondPage).fleetRow('Lobby')).toContainText('running', { timeout: 20_000 });
  });
});
