/** Pictures for the README (`npm run pictures`): the real application with two panels and a realistic fleet. */
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { withRented, type RentedFleet } from '../../sandbox/data/rented.js';
import { demoSeed } from '../../sandbox/data/seed.js';
import { keepEvenings, type Busy } from '../support/kept-usage.js';
import { startSandbox, type SandboxProcess } from '../support/sandbox-process.js';
import { crashForGood } from './other-person.js';
import { choose, MainWindow, Onboarding, popoverRow, ServerWindow } from './pages.js';
import { expect, resizeMain, test, type Perch, press } from './perch.js';

const folder = resolve(import.meta.dirname, '../../docs/images');
const worlds = join(tmpdir(), `perch-rented-${process.pid}`);
/** Higher pixel density than the page's, so that enlarged pictures stay sharp. */
const flags = ['--force-device-scale-factor=1.5'];

test('the pictures of the README', async ({ desktop, launch }) => {
  test.setTimeout(400_000);
  mkdirSync(worlds, { recursive: true });
  const network = await startSandbox(rented('network', 'panel-1.11'));
  const friends = await startSandbox(rented('friends', 'pelican'));
  try {
    const first = await launch(flags);
    const busy = await connect(first, network, friends);
    await first.quit();
    await keepEvenings(join(first.dataFolder, 'history'), busy);

    const perch = await launch(flags);
    await resizeMain(perch, 1280, 800);
    const page = await perch.window('main');
    const main = new MainWindow(page);
    const server = new ServerWindow(page);
    await expect(main.fleetRow('Survival SMP')).toContainText('running', { timeout: 30_000 });
    await main.openServer('CS2 Practice');
    await crashForGood(network, 'CS2 Practice');
    await expect(main.state).toContainText(/^\s*crashed/, { timeout: 20_000 });
    await main.openServer('Survival SMP');
    for (const kind of ['cpu', 'network']) {
      await expect(page.getByTestId(`chart-${kind}`).locator('.quiet')).toBeHidden({ timeout: 30_000 });
    }
    // Time for the console to fill.
    await page.waitForTimeout(40_000);
    await page.getByRole('radio', { name: 'Last 24 hours' }).check({ force: true });
    await shoot(page, 'server', 'light');

    await page.getByRole('button', { name: 'All servers' }).click();
    await shoot(page, 'fleet', 'dark');

    await main.openServer('Survival SMP');
    await server.tab('Startup');
    await server.startupIsRead();
    const difficulty = page.getByTestId('variable-DIFFICULTY').locator('[role=combobox]');
    await choose(difficulty, 'hard');
    await page.getByTestId('variable-VIEW_DISTANCE').locator('input').fill('100');
    await shoot(page, 'startup', 'light');
    await page.getByRole('button', { name: 'Discard' }).click();

    await server.tab('Settings');
    await shoot(page, 'settings', 'dark');

    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popoverRow(popover, 'Survival SMP')).toBeVisible();
    await popover.waitForTimeout(20_000);
    await shoot(popover, 'popover', 'light');
  } finally {
    await Promise.all([network.stop(), friends.stop()]);
    rmSync(worlds, { recursive: true, force: true });
  }
});

/** Adds realistic pins and groups; returns the servers whose past the pictures show, with their load. */
async function connect(
  perch: Perch,
  network: SandboxProcess,
  friends: SandboxProcess,
): Promise<ReadonlyMap<string, Busy>> {
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const onboarding = new Onboarding(page);
  await onboarding.connect(network.panel, network.keys.owner);
  await expect(main.fleetRow('Survival SMP')).toContainText('running', { timeout: 30_000 });
  await page.getByRole('button', { name: 'Add panel' }).first().click();
  await onboarding.connect(friends.panel, friends.keys.owner);
  await expect(main.fleetRow('Palworld')).toContainText('running', { timeout: 30_000 });
  const idOf = async (name: string): Promise<string> =>
    (await main.fleetRow(name).first().getAttribute('data-server')) ?? '';
  const ids = (names: readonly string[]): Promise<string[]> => Promise.all(names.map(idOf));
  const [survival = ''] = await ids(['Survival SMP']);
  const [one = '', other = ''] = [survival, await idOf('Palworld')].map((id) => id.split('/')[0] ?? '');
  await page.evaluate(() => window.perch.call('memory.note', { shown: 'autostart' }));
  await page.evaluate((patch) => window.perch.call('settings.update', patch), {
    fleetColumns: {
      chosen: ['name', 'state', 'cpu', 'memory', 'disk', 'uptime', 'address'],
      order: [],
      widths: {},
    },
    pins: await ids(['Survival SMP', 'Rust EU Monthly']),
    groups: [
      {
        id: 'smp',
        name: 'SMP network',
        serverIds: await ids(['Velocity', 'Lobby', 'Creative Plots', 'Skyblock']),
      },
    ],
  });
  await press(page);
  await page.evaluate((input) => window.perch.call('accounts.rename', input), {
    accountId: one,
    label: 'Fjord',
  });
  await press(page);
  await page.evaluate((input) => window.perch.call('accounts.rename', input), {
    accountId: other,
    label: 'Attic',
  });
  const [rust = '', velocity = '', lobby = '', plots = '', skyblock = ''] = await ids([
    ...['Rust EU Monthly', 'Velocity', 'Lobby', 'Creative Plots', 'Skyblock'],
  ]);
  const like = (cpuPercent: number, gibibytes: number, bytesPerSecond = 50_000): Busy => ({
    cpuPercent,
    memoryBytes: gibibytes * 1024 ** 3,
    bytesPerSecond,
  });
  return new Map([
    [survival, like(140, 5.95, 172_000)],
    [rust, like(190, 11)],
    [velocity, like(10, 0.42)],
    [lobby, like(13, 1.2)],
    [plots, like(70, 4.3)],
    [skyblock, like(96, 3.3)],
  ]);
}

/** Writes sparse files of a fifth to three quarters of each server's disk limit. */
function rented(fleet: RentedFleet, dialect: string): string[] {
  const folder = mkdtempSync(join(worlds, `${fleet}-`));
  const { servers } = withRented(demoSeed(new Date().toISOString()), fleet);
  for (const [at, { uuid, nodeId, limits }] of servers.entries()) {
    const own = join(folder, 'nodes', String(nodeId), uuid);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'world.dat'), '');
    const share = 0.2 + (((at + 3) * 37) % 55) / 100;
    truncateSync(join(own, 'world.dat'), Math.round(share * limits.disk * 1_048_576));
  }
  return ['--rented', fleet, '--dialect', dialect, '--data', folder];
}

async function shoot(page: Page, name: string, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate((wanted) => window.perch.call('settings.update', { theme: wanted }), theme);
  await page.emulateMedia({ colorScheme: theme });
  await page.mouse.move(2, 2);
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name}.png`), scale: 'device' });
}
