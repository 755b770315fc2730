/** A real keyring that is locked, hangs, dies or restarts: reported as a message that disappears without a click. */
import type { Page } from '@playwright/test';
import { expect, test } from './perch.js';
import { MainWindow, Onboarding } from './pages.js';

/** Makes Perch read the key again, as for each request. */
async function readAgain(page: Page): Promise<void> {
  await page.evaluate(() => {
    const accountId = document
      .querySelector<HTMLElement>('[data-testid=fleet-row]')
      ?.dataset['server']?.split('/')[0];
    void window.perch.call('accounts.retry', { accountId });
  });
}

test('a keyring that is locked, gone or hanging is reported, and the report disappears by itself', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const first = await launch();
  const page = await first.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
  await first.quit();

  await desktop.lockKeyring();
  const again = await (await launch()).window('main');
  const main = new MainWindow(again);
  // A second read joins a running read, which may have begun before the keyring changed.
  const isTold = (words: string): Promise<void> =>
    expect(async () => {
      await readAgain(again);
      await expect(main.accountProblem).toContainText(words, { timeout: 12_000 });
    }).toPass({ timeout: 60_000 });

  await test.step('locked: said so at the start, with the way out', async () => {
    await expect(main.accountProblem).toContainText('The keychain of this computer is locked.');
    await expect(main.accountNotice).toHaveText('keychain is locked');
    await expect(main.accountProblem.getByRole('button', { name: 'Unlock' })).toBeEnabled();
    await expect(main.accountProblem.getByRole('button', { name: 'Enter the key again' })).toHaveCount(0);
  });
  await test.step('still locked: the button says so again', async () => {
    await main.accountProblem.getByRole('button', { name: 'Unlock' }).click();
    await expect(main.accountProblem).toContainText('is locked');
  });
  await test.step('unlocked elsewhere: the servers come without a click', async () => {
    await desktop.unlockKeyring();
    await expect(main.fleetRow('Survival')).toBeVisible();
    // The message also disappears briefly during each failed read of the key.
    await expect(async () => {
      await expect(main.accountNotice).toHaveCount(0);
      await again.waitForTimeout(2000);
      await expect(main.accountNotice).toHaveCount(0, { timeout: 1 });
    }).toPass({ timeout: 60_000 });
  });

  await test.step('hanging: cut off and said, over when it answers', async () => {
    desktop.freezeKeyring();
    await isTold('does not answer');
    desktop.thawKeyring();
    await expect(main.accountNotice).toHaveCount(0, { timeout: 40_000 });
  });

  await test.step('gone: said, and over when it was started again', async () => {
    await desktop.stopKeyring();
    await isTold('found no keychain');
    await desktop.startKeyring();
    await expect(main.accountNotice).toHaveCount(0, { timeout: 40_000 });
    await expect(main.fleetRow('Survival')).toBeVisible();
  });
});
