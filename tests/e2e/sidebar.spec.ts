/** The sidebar: views of the fleet, each of which the table shows. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { seriousProblems } from './axe.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';

const folder = resolve(import.meta.dirname, '../../out/screens');

test('what needs attention and a group are views of the table, one click away', async ({
  sandbox,
  launch,
}) => {
  mkdirSync(folder, { recursive: true });
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const sidebar = page.getByRole('navigation', { name: 'Servers' });
  const attention = page.getByTestId('sidebar-attention');
  const title = page.getByRole('heading', { level: 1 });

  const picture = async (name: string, width: number, height: number): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await resizeMain(perch, width, height);
      await page.screenshot({ path: join(folder, `sidebar-${name}-${colorScheme}-${width}.png`) });
      expect(await seriousProblems(page), `${name} in ${colorScheme}`).toEqual([]);
    }
  };

  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 30_000 });
  const idOf = async (name: string): Promise<string> =>
    (await main.fleetRow(name).getAttribute('data-server')) ?? '';
  const group = { id: 'g', name: 'Building', serverIds: [await idOf('Creative'), await idOf('Skyblock')] };
  const arranged = { pins: [await idOf('Survival')], groups: [{ ...group, isCollapsed: false }] };
  await page.evaluate((patch) => window.perch.call('settings.update', patch), arranged);

  await test.step('what is out of reach is found in one click', async () => {
    await attention.click();
    await expect(title).toHaveText('Needs attention');
    await expect(main.fleetRow('Archive 2022')).toBeVisible();
    await expect(main.fleetRow('Survival')).toHaveCount(0);
    await picture('attention', 1280, 800);
  });

  await test.step('a group is a view, and back from a server one is in it again', async () => {
    await sidebar.getByRole('button', { name: 'Building', exact: false }).last().click();
    await expect(title).toHaveText('Building');
    await expect(page.getByTestId('fleet-row')).toHaveCount(2);
    await picture('group', 1280, 800);
    await main.fleetRow('Creative').click();
    await expect(page.getByRole('heading', { name: 'Creative' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(title).toHaveText('Building');
  });
});
