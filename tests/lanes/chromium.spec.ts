/** Windows in a current Chromium, over the bridge's contract, with main's modules and a sandbox behind them. */
import { test as base, expect } from '@playwright/test';
import { MainWindow, Onboarding, ServerWindow } from '../e2e/pages.js';
import { startSandbox, type SandboxProcess } from '../support/sandbox-process.js';
import { openMainWindow } from './chromium-window.js';
import { startMainModules, type MainModules } from './main-modules.js';

const test = base.extend<{ sandbox: SandboxProcess; modules: MainModules }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from this pattern
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox();
    await use(sandbox);
    await sandbox.stop();
  },
  // eslint-disable-next-line no-empty-pattern -- the same
  modules: async ({}, use) => {
    const modules = await startMainModules();
    await use(modules);
    await modules.stop();
  },
});

test('a panel is connected; a server is read, followed, stopped and renamed', async ({
  page,
  sandbox,
  modules,
}) => {
  const errors = await openMainWindow(page, modules);
  const main = new MainWindow(page);

  await test.step('the list', async () => {
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
    // A figure that changes without input was pushed by main.
    const before = await main.fleetRow('Survival').innerText();
    await expect.poll(() => main.fleetRow('Survival').innerText()).not.toBe(before);
  });

  const server = new ServerWindow(page);
  await test.step('the console takes a command, and shows its answer', async () => {
    await main.openServer('Survival');
    await server.tab('Console');
    await main.sendCommand('list');
    await expect.poll(() => main.consoleText()).toContain('players online');
  });

  await test.step('a stop, and a start', async () => {
    await server.power('stop').click();
    await expect(main.state).toContainText('offline', { timeout: 20_000 });
    await server.power('start').click();
    await expect(main.state).toContainText('running', { timeout: 20_000 });
  });

  await test.step('another name', async () => {
    await server.tab('Settings');
    await server.name.fill('Renamed here');
    await server.name.press('Enter');
    await expect(page.getByRole('heading', { name: 'Renamed here' })).toBeVisible();
  });

  expect(errors).toEqual([]);
  expect(modules.log.lines.filter((line) => line.startsWith('error'))).toEqual([]);
});
