/** Perch recognises a panel by its address before a key exists, and opens the page that creates keys. */
import { Onboarding } from './pages.js';
import { expect, test } from './perch.js';

for (const { flags, typed, page: keyPage, says } of [
  { flags: [], typed: '/server/1a2b3c4d', page: '/account/api', says: 'your account, then API Credentials' },
  {
    flags: ['--dialect', 'pelican'],
    typed: '/profile',
    page: '/profile?tab=api-keys::data::tab',
    says: 'Profile, then API Keys',
  },
]) {
  test.describe(keyPage, () => {
    test.use({ sandboxFlags: flags });

    test('Perch opens the page for keys of the panel behind a copied address', async ({
      sandbox,
      launch,
    }) => {
      const perch = await launch();
      const page = await perch.window('main');
      const opened = await perch.app.evaluateHandle(({ shell }) => {
        const urls: string[] = [];
        shell.openExternal = async (url) => void urls.push(url);
        return urls;
      });
      await new Onboarding(page).url.fill(`${sandbox.panel}${typed}`);
      await page.keyboard.press('Tab');
      await page.getByRole('button', { name: 'Open the key page' }).click();
      await expect.poll(() => opened.jsonValue()).toEqual([`${sandbox.panel}${keyPage}`]);
      await expect(page.getByRole('form')).toContainText(`In the panel: ${says}, then Create.`);
    });
  });
}
