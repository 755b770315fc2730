/** Palette: its first suggestions, and the kinds it can be narrowed to. */
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';
import { Pictures } from './pictures.js';

test('the palette offers possible actions, and searches one kind by its first character', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const palette = page.getByTestId('palette');
  const pictures = new Pictures(perch, page);
  const labels = () => palette.getByRole('option').locator('.label > bdi').allTextContents();
  const first = async (): Promise<string | undefined> => (await labels())[0];
  const open = async (search = ''): Promise<void> => {
    await page.keyboard.press('Control+k');
    await expect(palette).toBeVisible();
    await page.keyboard.type(search);
  };
  const close = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(palette).toBeHidden();
  };

  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 30_000 });
  await expect(main.fleetRow('Creative')).toContainText('offline');

  await test.step('the actions on the shown server', async () => {
    await main.openServer('Rust Belt');
    await main.openServer('Survival');
    await open();
    // Main keeps which servers were opened, so the list may change again after it is shown.
    const part = (name: string) => palette.getByRole('group', { name }).getByRole('option');
    await expect.poll(async () => await part('Servers').first().textContent()).toContain('Rust Belt');
    await expect.poll(async () => (await labels()).slice(0, 2)).toEqual(['Stop', 'Restart']);
    await expect(part('Survival').last()).toContainText('Start');
    await pictures.take('palette');
    await close();
    await open('st');
    await expect.poll(first).toBe('Stop Survival');
    await pictures.take('palette-search');
    await close();
  });

  await test.step('one kind only', async () => {
    await open('?');
    await expect(palette.getByRole('option')).toHaveCount(5);
    await pictures.take('palette-help');
    await page.keyboard.press('Enter');
    await expect(palette.getByRole('combobox')).toHaveValue('>');
    await page.keyboard.type('restart surv');
    await expect.poll(first).toBe('Restart Survival');
    await close();
    await open('@');
    await expect(palette.getByRole('option')).toHaveCount(9);
    await close();
    await open('#');
    await pictures.take('palette-groups');
    await resizeMain(perch, 900, 600);
    await close();
  });

  await test.step('a command that leads elsewhere', async () => {
    await open('events of surv');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Events' })).toHaveAttribute('aria-selected', 'true');
    await open('shortcuts');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('shortcut-sheet')).toBeVisible();
  });
});
