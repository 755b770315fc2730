/** `perch://` links as desktops pass them: on the command line of a first and of a second start. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { connected, applicationEnd, mainWindow } from './closing.js';
import { electronPath, expect, test, type Perch } from './perch.js';

/** Starts a second process with these arguments; it passes them to the first and exits. */
async function startAgain(desktop: Desktop, perch: Perch, ...words: string[]): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const second = spawn(electronPath(), [...asRoot, resolve(import.meta.dirname, '../..'), ...words], {
    env: { ...desktop.env, PERCH_DATA: perch.dataFolder },
    stdio: 'ignore',
  });
  expect(await new Promise((done) => second.once('exit', done))).toBe(0);
}

function tab(page: Page, name: string) {
  return page.getByTestId('server-view').getByRole('tab', { name, exact: true });
}

test('a link opens its view in a running Perch, and in a Perch that it starts', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const { page } = await connected(perch, sandbox);
  const host = new URL(sandbox.panel).host;
  const identifier = await page.evaluate(() =>
    document
      .querySelector<HTMLElement>('[data-testid=fleet-row]')
      ?.dataset['server']?.split('/')[1]
      ?.slice(0, 8),
  );
  const link = `perch://server/${host}/${identifier}`;
  const notice = page.getByTestId('notice');

  await test.step('running: at the tab that it names, or at the console', async () => {
    await startAgain(desktop, perch, `${link}/startup`);
    await expect(tab(page, 'Startup')).toHaveAttribute('aria-selected', 'true');
    await startAgain(desktop, perch, link);
    await expect(tab(page, 'Console')).toHaveAttribute('aria-selected', 'true');
    await expect(notice).toHaveCount(0);
  });

  await test.step('hostile links are named and have no effect', async () => {
    for (const hostile of [`${link}/kill`, `${link}?start=1`, 'perch://run/rm%20-rf']) {
      await startAgain(desktop, perch, hostile);
      await expect(notice).toContainText(`Perch does not understand this link: ${hostile}`);
      await expect(tab(page, 'Console')).toHaveAttribute('aria-selected', 'true');
    }
  });

  await test.step('no length of a link or of a command line ends the running Perch', async () => {
    const { pid } = perch.app.process();
    const long = `${link}/${'a'.repeat(16_500)}`;
    for (const words of [
      [long],
      [`perch://run/${'b'.repeat(100_000)}`],
      Array.from({ length: 3000 }, (_, number) => `${link}/startup?${number}`),
      [`--x=${'c'.repeat(40_000)}`, `${link}/kill`],
    ]) {
      const [word = ''] = words.filter((one) => one.startsWith('perch:'));
      await startAgain(desktop, perch, ...words);
      // A start with too many words starts once more, with fewer, after the first process has ended.
      await expect(notice).toContainText(word.slice(0, 60), { timeout: 60_000 });
      await startAgain(desktop, perch, link);
      await expect(notice).toHaveCount(0);
    }
    expect(perch.app.process()).toMatchObject({ pid, exitCode: null, signalCode: null });
  });

  await test.step('an unknown panel and an unknown server are named', async () => {
    await startAgain(desktop, perch, 'perch://server/panel.example.com/1a2b3c4d');
    await expect(notice).toContainText('panel.example.com, which is not connected.');
    await startAgain(desktop, perch, `perch://server/${host}/ffffffff`);
    await expect(notice).toContainText('but your account has no such server');
    await expect(notice).toHaveCount(1);
    await startAgain(desktop, perch, link);
    await expect(notice).toHaveCount(0);
  });

  await test.step('a second start without a window shows none', async () => {
    await page.close();
    await expect.poll(() => mainWindow(perch)).toBeNull();
    await startAgain(desktop, perch, '--hidden');
    expect(await mainWindow(perch)).toBeNull();
    await startAgain(desktop, perch);
    await expect.poll(() => mainWindow(perch)).toBe('shown');
  });

  await test.step('requests of desktop menus: settings and quit', async () => {
    await startAgain(desktop, perch, '--settings');
    const shown = await perch.window('main');
    await expect(shown.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await Promise.all([applicationEnd(perch), startAgain(desktop, perch, '--quit')]);
  });

  await test.step('not running: it is where Perch begins, even where no window was asked for', async () => {
    const again = await (await launch(['--hidden', `${link}/settings`])).window('main');
    await expect(tab(again, 'Settings')).toHaveAttribute('aria-selected', 'true', { timeout: 20_000 });
  });
});
