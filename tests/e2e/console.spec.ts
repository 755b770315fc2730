/** Console in daily use: history, search, saved output, and confirmation before sending. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { MainWindow, Onboarding } from './pages.js';
import { startLogService } from '../support/log-service.js';
import { callPressed, expect, resizeMain, test } from './perch.js';

/** Stubs the native dialog, whose buttons a test can't press. */
async function answerSaveDialog(app: ElectronApplication, filePath: string | null): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: path === null, filePath: path ?? '' }) as ReturnType<
        typeof dialog.showSaveDialog
      >;
  }, filePath);
}

/** The value once two reads in a row give the same. */
async function resting(read: () => Promise<string>): Promise<string> {
  let last = await read();
  await expect
    .poll(
      async () => {
        const before = last;
        last = await read();
        return last === before;
      },
      { intervals: [300] },
    )
    .toBe(true);
  return last;
}

async function paste(page: Page, text: string): Promise<void> {
  await page.getByTestId('command-input').evaluate((input, data) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', data);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test('the console remembers and finds commands, keeps text, and asks first', async ({ sandbox, launch }) => {
  test.slow();
  const folder = mkdtempSync(join(tmpdir(), 'perch-console-'));
  let perch = await launch();
  let page = await perch.window('main');
  let main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 30_000 });
  await main.openServer('Survival');
  const input = page.getByTestId('command-input');
  await expect(input).toBeEnabled();

  await test.step('the backlog is there once', async () => {
    await expect.poll(() => main.consoleText()).toContain('Done (');
    expect((await main.consoleText()).split('Done (')).toHaveLength(2);
  });

  await test.step('takes equal commands as fast as they are typed', async () => {
    await input.focus();
    for (let time = 0; time < 2; time += 1) {
      await page.keyboard.type('say twice');
      await page.keyboard.press('Enter');
    }
    await expect.poll(async () => (await main.consoleText()).split('[Server] twice')).toHaveLength(3);
  });

  await test.step('stops scrolling where somebody reads, and counts new lines', async () => {
    await main.sendCommand('spam 200');
    await expect.poll(() => main.consoleText()).toContain('line 200');
    await page.getByTestId('console').hover();
    await page.mouse.wheel(0, -2000);
    // The console scrolls after the event of the wheel.
    await expect.poll(() => main.consoleText()).not.toContain('line 200');
    // Chromium scrolls in several steps.
    const first = await resting(() => main.consoleText());
    await main.sendCommand('spam 7');
    await expect(page.getByTestId('console-new-lines')).toContainText(/[1-9]\d* new lines/);
    expect(await main.consoleText()).toBe(first);
    await page.getByTestId('console-new-lines').click();
    await expect.poll(() => main.consoleText()).toContain('line 7');
    await expect(page.getByTestId('console-new-lines')).toBeHidden();
  });

  await test.step('finds, counts, and gives the focus back', async () => {
    await input.focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('line 19');
    await expect(page.getByTestId('console-search-count')).toContainText(/\d+ of 11$/);
    await page.keyboard.press('Escape');
    await expect(page.getByTestId('console-search')).toBeHidden();
    await expect(input).toBeFocused();
  });

  await test.step('shows times, and leaves long lines whole', async () => {
    await page.keyboard.press('Alt+t');
    await main.sendCommand('say what time is it');
    await expect.poll(() => main.consoleText()).toMatch(/\d\d:\d\d:\d\d .*what time is it/);
    await page.keyboard.press('Alt+t');
    await expect.poll(() => main.consoleText()).not.toMatch(/^\d\d:\d\d:\d\d /m);
    await page.keyboard.press('Alt+z');
    const settings = (): Promise<unknown> => page.evaluate(() => window.perch.call('settings.update', {}));
    await expect.poll(settings).toMatchObject({ value: { consoleWrap: false } });
    await page.keyboard.press('Alt+z');
    await expect.poll(settings).toMatchObject({ value: { consoleWrap: true } });
  });

  await test.step('keeps the complete last line where the window gets narrower', async () => {
    const last = 'long enough for a narrow window';
    // Ignores the places where the terminal wraps lines.
    const shown = async (): Promise<string> => (await main.consoleText()).replace(/\s/g, '');
    const whole = `[Server] ${last}`.replace(/\s/g, '');
    await main.sendCommand(`say ${last}`);
    await expect.poll(shown).toContain(whole);
    await resizeMain(perch, 900, 600);
    await page.waitForTimeout(300);
    await resizeMain(perch, 1280, 800);
    await expect.poll(shown).toContain(whole);
  });

  await test.step('saves its lines to a file', async () => {
    const path = join(folder, 'survival.log');
    await answerSaveDialog(perch.app, path);
    await page
      .getByRole('toolbar', { name: 'Console' })
      .getByRole('button', { name: 'Save to a file' })
      .click();
    await expect(page.getByTestId('console-notice')).toContainText(path);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain('line 200');
    expect(text).toContain('what time is it');
    // eslint-disable-next-line no-control-regex -- the text must have no escape sequences
    expect(text).not.toMatch(/\u001b/);
  });

  await test.step('shares the previewed text after a press, and deletes it', async () => {
    const service = await startLogService();
    await callPressed(page, 'settings.update', { logService: service.url });
    await main.sendCommand('say write to olive@birdmail.example from 203.0.113.77');
    await expect.poll(() => main.consoleText()).toContain('203.0.113.77');
    await page.getByRole('button', { name: 'More for the console' }).click();
    await page.getByRole('menuitem', { name: 'Share the console…' }).click();
    const dialog = page.getByTestId('share-dialog');
    await expect(dialog.locator('del', { hasText: '203.0.113.77' })).toHaveCount(2);
    expect(service.logs.size).toBe(0);
    await dialog.getByTestId('share-go').click();
    await expect(dialog.getByTestId('share-result')).toContainText('The link is in the clipboard');
    const [[id, log] = ['', undefined]] = [...service.logs];
    expect(log?.content).toMatch(/write to \[email \d+\] from \[address \d+\]/);
    expect(log?.content).toContain('line 200');
    expect(await perch.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(`${service.url}/${id}`);
    await dialog.getByTestId('share-delete').click();
    await expect(dialog).toContainText('Deleted.');
    expect(service.logs.size).toBe(0);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await service.stop();
    await input.focus();
  });

  await test.step('asks before it sends several lines', async () => {
    await paste(page, 'say first\n\nsay second\nsay third\n');
    const question = page.getByTestId('paste-question');
    await expect(question.getByRole('listitem')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    expect(await main.consoleText()).not.toContain('first');
    await paste(page, 'say first\n\nsay second\nsay third\n');
    await question.getByRole('button', { name: /Send/ }).click();
    await expect.poll(() => main.consoleText()).toMatch(/first[\s\S]*second[\s\S]*third/);
  });

  await test.step('keeps a snippet, and puts it into the line', async () => {
    await input.fill('say hello from a snippet');
    await page.getByTestId('snippets').click();
    await page.getByTestId('snippets-list').getByRole('button', { name: 'Save this command' }).click();
    await page.getByTestId('snippets-dialog').getByLabel('Name of snippet 1').fill('Greeting');
    await page.getByTestId('snippets-dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByTestId('snippets-dialog')).toBeHidden();
    await input.fill('');
    await input.press('!');
    await page.keyboard.type('gree');
    await expect(page.getByTestId('snippets-list')).toContainText('Greeting');
    await page.keyboard.press('Enter');
    await expect(input).toHaveValue('say hello from a snippet');
    await page.keyboard.press('Enter');
    await expect.poll(() => main.consoleText()).toContain('hello from a snippet');
  });

  await test.step('knows earlier commands after a restart', async () => {
    await perch.quit();
    perch = await launch();
    page = await perch.window('main');
    main = new MainWindow(page);
    await expect(main.state).toContainText('running', { timeout: 30_000 });
    const again = page.getByTestId('command-input');
    await expect(again).toBeEnabled();
    await again.focus();
    // The command line is enabled before main has sent the history of commands; until then ArrowUp has no effect.
    await expect(async () => {
      await page.keyboard.press('ArrowUp');
      await expect(again).toHaveValue('say hello from a snippet', { timeout: 2000 });
    }).toPass({ timeout: 20_000 });
    await again.fill('');
    await page.keyboard.press('Control+r');
    await page.keyboard.type('what time');
    await page.keyboard.press('Enter');
    await expect(again).toHaveValue('say what time is it');
  });

  await test.step('forgets one command, also on disk', async () => {
    const again = page.getByTestId('command-input');
    const list = page.getByTestId('history-search');
    const search = list.getByRole('combobox');
    await main.sendCommand('say my password is hunter2');
    await expect.poll(() => main.consoleText()).toContain('hunter2');
    await again.press('Control+r');
    await search.fill('hunter');
    await search.press('Shift+Delete');
    await expect(list).toContainText('Nothing matches');
    await expect(search).toBeFocused();
    await search.fill('');
    await expect(list.getByRole('option').first()).toHaveText('say hello from a snippet');
    const { dataFolder } = await page.evaluate(async () => {
      const answer = await window.perch.call('app.info', undefined);
      if (!answer.ok) throw new Error(answer.error.message.id);
      return answer.value as { dataFolder: string };
    });
    const onDisk = (): string => readFileSync(join(dataFolder, 'histories.json'), 'utf8');
    await expect.poll(onDisk).not.toContain('hunter2');
    expect(onDisk()).toContain('hello from a snippet');
    // After the question, the focus is back in its place.
    await list.getByRole('button', { name: 'Forget this history' }).click();
    await list.getByRole('button', { name: 'Cancel' }).click();
    await expect(search).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(list).toBeHidden();
    await again.press('ArrowUp');
    await expect(again).toHaveValue('say hello from a snippet');
    await again.fill('');
  });

  await test.step('keeps sent commands with their server, and shows them while the server is offline', async () => {
    await page.getByTestId('server-view').getByTestId('power-stop').click();
    await expect(page.getByTestId('command-input')).toBeDisabled({ timeout: 30_000 });
    await page.getByTestId('history').click();
    const shown = page.getByTestId('history-search').getByRole('option');
    await expect(shown.first()).toHaveText('say hello from a snippet');
    await page.keyboard.press('Enter');
    await expect(shown.first()).toBeVisible();
    await page.keyboard.press('Shift+Delete');
    await expect(shown.first()).not.toHaveText('say hello from a snippet');
    await page.keyboard.press('Escape');
    await expect(shown.first()).toBeHidden();
    await expect(page.getByTestId('history')).toBeFocused();
    await expect(page.getByTestId('command-input')).toHaveValue('');
    await main.openServer('Rust Belt');
    await page.getByTestId('command-input').focus();
    await page.keyboard.press('ArrowUp');
    await expect(page.getByTestId('command-input')).toHaveValue('');
  });
  rmSync(folder, { recursive: true, force: true });
});
