/** Sidebar with views of the fleet; the table shows the chosen view. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { seriousProblems } from './axe.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';

const folder = resolve(import.meta.dirname, '../../out/screens');

test('the sidebar shows views and can be sized, and is a rail in a narrow window or on request', async ({
  sandbox,
  launch,
}) => {
  mkdirSync(folder, { recursive: true });
  let perch = await launch();
  let page = await perch.window('main');
  const edge = () => page.getByRole('separator', { name: 'Width of the sidebar' });
  const sidebar = () => page.getByRole('navigation', { name: 'Servers' });
  const over = () => page.getByRole('dialog', { name: 'Servers' });
  const widthIs = (width: number): Promise<void> =>
    expect.poll(async () => Math.round((await sidebar().boundingBox())?.width ?? 0)).toBe(width);
  const picture = async (name: string, width: number, height: number): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await resizeMain(perch, width, height);
      await page.screenshot({ path: join(folder, `${name}-${colorScheme}-${width}.png`) });
      expect(await seriousProblems(page), `${name} in ${colorScheme}`).toEqual([]);
    }
  };

  const main = new MainWindow(page);
  const title = page.getByRole('heading', { level: 1 });

  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Lobby')).toContainText('running', { timeout: 30_000 });
  const idOf = async (name: string): Promise<string> =>
    (await main.fleetRow(name).getAttribute('data-server')) ?? '';
  const group = { id: 'g', name: 'Building', serverIds: [await idOf('Creative'), await idOf('Skyblock')] };
  const arranged = { pins: [await idOf('Survival')], groups: [{ ...group, isCollapsed: false }] };
  await page.evaluate((patch) => window.perch.call('settings.update', patch), arranged);

  await test.step('servers out of reach are found in one click', async () => {
    await page.getByTestId('sidebar-attention').click();
    await expect(title).toHaveText('Needs attention');
    await expect(main.fleetRow('Archive 2022')).toBeVisible();
    await expect(main.fleetRow('Survival')).toHaveCount(0);
    await picture('sidebar-attention', 1280, 800);
  });

  await test.step('a group is a view, and back from a server one is in it again', async () => {
    await sidebar().getByRole('button', { name: 'Building', exact: false }).last().click();
    await expect(title).toHaveText('Building');
    await expect(page.getByTestId('fleet-row')).toHaveCount(2);
    await picture('sidebar-group', 1280, 800);
    await main.fleetRow('Creative').click();
    await expect(page.getByRole('heading', { name: 'Creative' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(title).toHaveText('Building');
  });

  await sidebar().getByRole('button', { name: 'All servers' }).click();
  await resizeMain(perch, 1280, 800);

  await test.step('by the pointer, and by keys', async () => {
    await widthIs(248);
    const box = await edge().boundingBox();
    const x = (box?.x ?? 0) + (box?.width ?? 0) / 2;
    await page.mouse.move(x, 400);
    await page.mouse.down();
    await page.mouse.move(x + 60, 400, { steps: 4 });
    await page.mouse.up();
    await widthIs(308);
    await edge().focus();
    await page.keyboard.press('ArrowRight');
    await widthIs(324);
    await page.keyboard.press('End');
    await widthIs(480);
    await page.keyboard.press('Home');
    await widthIs(200);
    await edge().dblclick();
    await widthIs(248);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await widthIs(280);
    await picture('rail-none', 1280, 800);
  });

  await perch.quit();
  perch = await launch();
  page = await perch.window('main');
  await expect(new MainWindow(page).fleetRow('Lobby')).toContainText('running', { timeout: 30_000 });
  await test.step('that is kept, and leaves the content its room', async () => {
    await resizeMain(perch, 1280, 800);
    await widthIs(280);
    await resizeMain(perch, 860, 600);
    await widthIs(280);
    await edge().focus();
    await page.keyboard.press('End');
    await widthIs(300);
  });

  await test.step('a narrow window has the rail, and the whole over it', async () => {
    await picture('rail-narrow', 800, 600);
    await widthIs(48);
    await picture('rail-narrow', 720, 440);
    await page.getByTestId('sidebar-toggle').click();
    await expect(over().getByRole('searchbox')).toBeFocused();
    await picture('rail-over', 720, 440);
    await page.keyboard.press('Escape');
    await expect(over()).toBeHidden();
    await expect(page.getByTestId('sidebar-toggle')).toBeFocused();
    await resizeMain(perch, 800, 600);
    await page.keyboard.press('Control+b');
    await expect(over()).toBeVisible();
    await picture('rail-over', 800, 600);
    await page.keyboard.type('survi');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Survival' })).toBeVisible();
    await expect(over()).toBeHidden();
    await expect(page.getByTestId('command-input')).toBeFocused();
    await picture('rail-server', 800, 600);
  });

  await test.step('a wide one has it where a person wants it, also in the next run', async () => {
    await resizeMain(perch, 1280, 800);
    await widthIs(300);
    await page.keyboard.press('Control+b');
    await widthIs(48);
    await page.getByTestId('rail-attention').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Needs attention');
    await picture('rail-wide', 1280, 800);
    await perch.quit();
    perch = await launch();
    page = await perch.window('main');
    await expect(page.getByTestId('rail')).toBeVisible();
    await resizeMain(perch, 1280, 800);
    await page.getByTestId('sidebar-toggle').click();
    await widthIs(300);
  });
});
