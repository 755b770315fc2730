/** The newest good backup of each server: in the table, on the head of a server, and on the command line. */
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';
import { Pictures } from './pictures.js';

const day = 24 * 60;

test('the newest good backup is a column, a filter, a fact of the server and a field for scripts', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const add = (server: string, ageMinutes: number, failed = false) =>
    sandbox.control({ do: 'add-backup', server, name: 'Nightly', ageMinutes, failed });
  await add('Survival', 3 * 60 + 5);
  await add('Survival', day);
  await add('Creative', 9 * day);
  await add('Creative', 60, true);
  for (const days of [10, 9, 8]) await add('Rust Belt', days * day);
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await resizeMain(perch, 1280, 800);
  const cli = new CommandLine(desktop.env, perch.dataFolder);
  const cell = (name: string) => main.fleetRow(name).locator('.backup');
  const rows = () => page.getByTestId('fleet-row').locator('.name').allInnerTexts();

  await test.step('the column shows ages, and marks servers without a backup', async () => {
    await page.getByTestId('columns-menu').click();
    await page.getByTestId('column-show-backup').click();
    await page.keyboard.press('Escape');
    await expect(cell('Survival')).toHaveText('3 h ago', { timeout: 30_000 });
    await expect(cell('Creative')).toHaveText('9 d ago', { timeout: 30_000 });
    await expect(cell('Skyblock')).toHaveText('none', { timeout: 30_000 });
    await expect(cell('Survival')).toHaveAttribute('data-tip', /^Newest good backup: .*, \d/);
  });

  await test.step('the oldest come first when sorted', async () => {
    await page.getByTestId('fleet-sort-backup').click();
    await expect(page.locator('[data-column=backup]')).toHaveAttribute('aria-sort', 'descending');
    const order = async (): Promise<string[]> =>
      (await rows()).filter((name) => /Survival|Creative|Skyblock/.test(name)).map((name) => name.trim());
    await expect.poll(order).toEqual(['Skyblock', 'Creative', 'Survival']);
  });

  await test.step('the menu of the column shows only servers without a recent backup', async () => {
    await page.getByTestId('fleet-sort-backup').click({ button: 'right' });
    await page.getByTestId('column-only-backup-week').click();
    await expect(main.fleetRow('Survival')).toBeHidden();
    await expect(main.fleetRow('Creative')).toBeVisible();
    const pictures = new Pictures(perch, page);
    await pictures.take('last-backup');
    await page.locator('[data-state=backup-week]').click();
    await expect(main.fleetRow('Survival')).toBeVisible();
  });

  await test.step('a new backup shows when it has ended', async () => {
    expect(await cli.run(['backup', 'create', 'Creative', '--wait'])).toMatchObject({ code: 0 });
    await expect(cell('Creative')).toHaveText(/just now|\d s ago/, { timeout: 30_000 });
  });

  await test.step('a rhythm that has stopped needs attention', async () => {
    await page.getByTestId('sidebar-attention').click();
    await expect(main.fleetRow('Rust Belt').getByTestId('why')).toHaveText(/^Last good backup: /);
    await expect(main.fleetRow('Creative')).toBeHidden();
    await new Pictures(perch, page).take('backup-overdue');
  });

  await test.step('the head of a server has the age', async () => {
    await main.openServer('Survival');
    await expect(page.getByTestId('last-backup')).toHaveText('Backup 3 h ago');
    await new Pictures(perch, page).take('server-last-backup');
  });

  await test.step('scripts have time and size', async () => {
    const { servers } = (await cli.json(['list'])) as {
      servers: { name: string; lastBackup?: { at: number; bytes: number } | null }[];
    };
    const of = (name: string) => servers.find((server) => server.name === name)?.lastBackup;
    expect(of('Survival')?.bytes).toBeGreaterThan(0);
    expect(Date.now() - (of('Survival')?.at ?? 0)).toBeGreaterThan(3 * 3_600_000);
    expect(of('Skyblock')).toBeNull();
  });
});
