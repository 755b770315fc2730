/** A copied key is offered, not taken, and never reaches a window, a file or the log. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { LeakSearch } from '../support/leak-search.js';
import { answerWith, asked } from './closing.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, keptKey, test } from './perch.js';
import { Pictures } from './pictures.js';

/** Heap snapshot of a page, including strings that are not shown. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const parts: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void parts.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return parts.join('');
}

test('a copied key connects a panel, and replaces another key', async ({ desktop, sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const onboarding = new Onboarding(page);
  const main = new MainWindow(page);
  const offer = page.getByTestId('key-offer');
  const copy = async (text: string): Promise<void> => {
    await perch.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  };
  const key = sandbox.keys.owner;
  /** A key of the right form that belongs to no user. */
  const later = `ptlc_${'z'.repeat(43)}`;
  let accountId = '';
  await answerWith(perch, 'Send the key');

  await test.step('no offer for a key that is not a person’s', async () => {
    await copy('something else');
    await expect(onboarding.url).toBeVisible();
    await expect(offer).toHaveCount(0);
    await copy(`ptla_${key.slice(5)}`);
    await expect(page.getByText('holds an application key')).toBeVisible();
  });

  await test.step('the offer fills the field, and connects though the clipboard was emptied since', async () => {
    await copy(key);
    await expect(offer).toBeVisible();
    const pictures = new Pictures(perch, page);
    await pictures.take('key-offer');
    await page.getByTestId('connect').click();
    await expect(page.getByText('Enter an API key of your panel account.')).toBeVisible();
    await expect(offer, 'beside what is wrong').toBeVisible();
    await pictures.take('key-offer-wrong');
    await onboarding.url.fill(sandbox.panel);
    await offer.click();
    await expect(page.getByTestId('connect')).toBeFocused();
    await pictures.take('key-copied');
    // Password managers clear the clipboard after ten seconds.
    await perch.app.evaluate(({ clipboard }) => clipboard.clear());
    await page.keyboard.press('Enter');
    await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
    const serverId = (await main.fleetRow('Survival').getAttribute('data-server')) ?? '';
    accountId = serverId.split('/')[0] ?? '';
    expect(await asked(perch)).toMatchObject([{ message: `Send the copied API key to ${sandbox.panel}?` }]);
    expect(await keptKey(desktop, accountId)).toBe(key);
  });

  await test.step('it takes the place of another key, with the way to the page for keys', async () => {
    const { result } = (await sandbox.control({ do: 'add-key', user: 'owner' })) as { result: unknown };
    await copy(String(result));
    await page.getByRole('button', { name: 'Settings' }).click();
    await page
      .getByTestId('account')
      .getByRole('button', { name: /^Replace the key of/ })
      .click();
    await expect(page.getByRole('button', { name: 'Open the key page' })).toBeVisible();
    await offer.click();
    await expect(page.getByTestId('replace-key-go')).toBeFocused();
    await new Pictures(perch, page).take('replace-key-copied');
    await copy(later);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('replace-key')).toHaveCount(0, { timeout: 20_000 });
    expect(await keptKey(desktop, accountId)).toBe(String(result));
    expect(await asked(perch), 'the panel is known by now').toHaveLength(1);
    const memory = await heapOf(page);
    expect(memory).toContain('Survival');
    const leaks = new LeakSearch();
    leaks.add('the copied key', key);
    leaks.add('the key in its place', String(result));
    for (const secret of [key, String(result)]) expect(memory.includes(secret), 'in the window').toBe(false);
    expect(existsSync(join(perch.dataFolder, 'logs', 'perch.log'))).toBe(true);
    expect(leaks.inFolder(perch.dataFolder)).toEqual([]);
  });
});
