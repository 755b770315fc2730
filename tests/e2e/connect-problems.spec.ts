/** Problems while a panel is connected: each has its own message and next step, and no input is lost. */
import { startDesktop } from '../support/desktop/desktop.mjs';
import { startOddPanel, startSelfSigned, type RunningPanel } from '../support/odd-panel.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, launchPerch, test } from './perch.js';

const key = 'ptlc_0000000000000000000000000000000000000000000';

test('each wrong address and wrong key has its own sentence, and typed text stays', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const odd = await Promise.all([
    startOddPanel('html'),
    startOddPanel('login'),
    startOddPanel('json'),
    startOddPanel('applicationKey'),
    startOddPanel('silent'),
  ]);
  const [html, login, json, application, silent] = odd as [
    RunningPanel,
    RunningPanel,
    RunningPanel,
    RunningPanel,
    RunningPanel,
  ];
  const cases: { what: string; url: string; says: RegExp; next: RegExp }[] = [
    { what: 'not an address', url: 'panel of mine', says: /address/i, next: /such as https/ },
    {
      what: 'nothing listens',
      url: 'http://127.0.0.1:9',
      says: /./,
      next: /address|running|reach|connection/i,
    },
    { what: 'no such host', url: 'https://panel.invalid', says: /./, next: /address|name|connection/i },
    { what: 'a web page', url: html.url, says: /./, next: /address/i },
    { what: 'a redirect to a login', url: login.url, says: /login|sign/i, next: /./ },
    { what: 'other JSON', url: json.url, says: /./, next: /address/i },
    { what: 'a wrong key', url: sandbox.panel, says: /key/i, next: /copy|make/i },
    { what: 'an application key', url: application.url, says: /application key/i, next: /client key/i },
    { what: 'a panel that never answers', url: silent.url, says: /./, next: /./ },
  ];

  const page = await (await launch()).window('main');
  const onboarding = new Onboarding(page);
  const seen = new Map<string, string>();
  for (const { what, url, says, next } of cases) {
    await test.step(what, async () => {
      await onboarding.connect(url, key);
      const shown = page.getByTestId('connect-problem').or(page.locator('.field .text-error'));
      await expect(shown.first()).toContainText(says, { timeout: 60_000 });
      const text = (await shown.first().innerText()).trim();
      expect(text).toMatch(next);
      expect(text).not.toContain(key);
      // Apart from the address, no two messages are the same.
      const words = text.replaceAll(/\d+(\.\d+){3}(:\d+)?/g, '');
      expect(seen.get(words), `"${words}" was said of something else`).toBeUndefined();
      seen.set(words, what);
      console.log(`${what}: ${text.replaceAll('\n', ' | ')}`);
      await onboarding.expectNothingLost(url, key);
    });
  }

  // The window is as good as new.
  await test.step('a locked keyring is reported, and the key is stored after the unlock', async () => {
    await desktop.lockKeyring();
    await onboarding.connect(sandbox.panel, sandbox.keys.owner);
    await expect(onboarding.problem).toContainText(/locked/i, { timeout: 20_000 });
    await onboarding.expectNothingLost(sandbox.panel, sandbox.keys.owner);

    await desktop.unlockKeyring();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(new MainWindow(page).fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  });
  await Promise.all(odd.map((panel) => panel.stop()));
});

test('an untrusted certificate shows its fingerprint, and no key is sent before the person agrees', async ({
  sandbox,
  launch,
}) => {
  const panel = await startSelfSigned(sandbox.panel);
  const page = await (await launch()).window('main');
  const onboarding = new Onboarding(page);
  await onboarding.connect(panel.url, sandbox.keys.owner);
  await expect(onboarding.problem).toContainText(/certificate/i);
  await expect(page.getByTestId('fingerprint')).toHaveText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(panel.authorizations).toEqual([]);
  await onboarding.expectNothingLost(panel.url, sandbox.keys.owner);

  await page.getByRole('button', { name: 'Trust this certificate' }).click();
  await expect(new MainWindow(page).fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  expect(panel.authorizations.length).toBeGreaterThan(0);
  await panel.stop();
});

test('without a keyring the key stays in memory, only if the user agrees', async ({ sandbox }) => {
  const desktop = await startDesktop({ keyring: false });
  try {
    const perch = await launchPerch(desktop);
    const page = await perch.window('main');
    const onboarding = new Onboarding(page);
    await onboarding.connect(sandbox.panel, sandbox.keys.owner);
    await expect(onboarding.problem).toContainText(/keychain|keyring/i, { timeout: 20_000 });
    await onboarding.expectNothingLost(sandbox.panel, sandbox.keys.owner);

    await page.getByRole('button', { name: /in memory until Perch quits/ }).click();
    await expect(new MainWindow(page).fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByTestId('account')).toContainText(/in memory/i);
    await perch.quit();

    // Perch remembers the panel but not the key, so it asks for the key again.
    const again = await launchPerch(desktop);
    const secondPage = await again.window('main');
    // Perch opens where it was closed, in the settings.
    const trouble = secondPage.getByTestId('account').getByTestId('panel-trouble');
    await trouble.getByRole('button', { name: 'Enter the key again' }).click();
    const question = secondPage.getByTestId('replace-key');
    await question.getByLabel('API key', { exact: true }).fill(sandbox.keys.owner);
    await secondPage.getByTestId('replace-key-go').click();
    await secondPage.getByRole('button', { name: /in memory until Perch quits/ }).click({ timeout: 20_000 });
    await secondPage.getByRole('button', { name: 'All servers' }).click();
    await expect(new MainWindow(secondPage).fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
    await again.quit();
  } finally {
    await desktop.stop();
  }
});
