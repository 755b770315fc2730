/** Settings as a whole: found, reached and changed without a mouse. The sections have their own specs. */
import { Keyboard } from './keyboard.js';
import { Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';
import { Pictures } from './pictures.js';

test('a setting is found by its own and other words, and opened by keys, list and palette', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const keys = new Keyboard(page);
  const search = page.getByTestId('settings-search');
  const sections = page.getByTestId('settings-sections');
  const title = (name: string): ReturnType<typeof page.getByRole> =>
    page.getByRole('heading', { name, exact: true, level: 2 });
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(page.getByTestId('fleet-row').first()).toBeVisible({ timeout: 20_000 });

  await test.step('the palette goes to a section', async () => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('settings: live');
    await page.keyboard.press('Enter');
    await expect(title('Live servers')).toBeFocused();
    await expect(title('Live servers')).toBeInViewport();
    await expect(sections.getByRole('button', { name: 'Live servers' })).toHaveAttribute(
      'aria-current',
      'true',
    );
  });

  await test.step('Ctrl+F and / come to the search, Esc empties it', async () => {
    await keys.press('Control+f');
    await expect(search).toBeFocused();
    await keys.type('dark');
    await expect(page.getByRole('radiogroup', { name: 'Theme' })).toBeVisible();
    await expect(page.getByTestId('language')).toBeHidden();
    await expect(page.getByTestId('account')).toBeHidden();
    await expect(sections.getByRole('button')).toHaveText(['Appearance']);
    await keys.press('Escape');
    await expect(search).toHaveValue('');
    await expect(page.getByTestId('account')).toBeVisible();
    await keys.type('startup');
    await expect(page.getByText('Start Perch when you log in')).toBeVisible();
    await expect(page.getByTestId('shortcut')).toBeHidden();
    await keys.press('Tab');
    await keys.press('Escape');
    await expect(page.getByTestId('shortcut')).toBeVisible();
    await keys.press('/');
    await expect(search).toBeFocused();
  });

  await test.step('missing parts are named', async () => {
    await keys.type('zebra crossing');
    await expect(page.getByTestId('settings-none')).toContainText('“zebra crossing”');
    await expect(sections.getByRole('button')).toHaveCount(0);
    await page.getByRole('button', { name: 'Show all settings' }).click();
    await expect(page.getByTestId('settings-none')).toHaveCount(0);
    await expect(page.getByTestId('account')).toBeVisible();
  });

  await test.step('from the search into the list, and from there to the last section', async () => {
    await keys.press('Control+f');
    await keys.press('ArrowDown');
    await expect(sections.getByRole('button', { name: 'Panels' })).toBeFocused();
    await keys.press('End');
    await expect(sections.getByRole('button', { name: 'About' })).toBeFocused();
    await keys.press('Enter');
    await expect(title('About')).toBeFocused();
    await expect(title('About')).toBeInViewport();
    await expect(sections.getByRole('button', { name: 'About' })).toHaveAttribute('aria-current', 'true');
    // The list follows the scroll position.
    await page.getByTestId('settings-page').hover();
    await page.mouse.wheel(0, -100_000);
    await expect(sections.getByRole('button', { name: 'Panels' })).toHaveAttribute('aria-current', 'true');
  });

  await test.step('without room for a list, a box goes to sections', async () => {
    await resizeMain(perch, 900, 600);
    await expect(sections).toBeHidden();
    await page.getByTestId('settings-jump').click();
    await page.getByRole('option', { name: 'System' }).click();
    await expect(title('System')).toBeInViewport();
    await expect(page.getByTestId('settings-jump')).toHaveAttribute('data-value', 'system');
  });

  await test.step('pictures of the settings', async () => {
    const pictures = new Pictures(perch, page);
    await pictures.take('settings-top');
    await page.getByTestId('settings-search').fill('dark');
    await pictures.take('settings-found');
    await page.getByTestId('settings-search').fill('zebra');
    await pictures.take('settings-none');
    await page.getByTestId('settings-search').fill('');
    await page.getByTestId('settings-page').evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await pictures.take('settings-end');
    await page.evaluate(() => window.perch.call('settings.update', { language: 'de' }));
    await page.getByTestId('settings-page').evaluate((element) => element.scrollTo(0, 0));
    await pictures.take('settings-german');
  });
});
