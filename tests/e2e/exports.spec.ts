/** Settings exported from one Perch and imported into a fresh one. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder } from '../support/remove-folder.js';
import { choosing } from './chosen-file.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test, press } from './perch.js';
import { Pictures } from './pictures.js';

test('one Perch exports and another imports: with a preview, with other ids, and without a key', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const path = join(desktop.folder, 'perch-settings.json');
  const { host } = new URL(sandbox.panel);
  const survival = sandbox.servers.find(({ name }) => name === 'Survival')?.uuid ?? '';

  const first = await launch();
  let page = await first.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const accountOf = (): string => {
    const { accounts } = JSON.parse(readFileSync(join(first.dataFolder, 'accounts.json'), 'utf8')) as {
      accounts: { id: string }[];
    };
    return accounts[0]?.id ?? '';
  };
  const before = accountOf();
  await press(page);
  await page.evaluate(
    (serverId) =>
      window.perch.call('settings.update', {
        confirmStop: true,
        pins: [serverId],
        groups: [{ id: 'g', name: 'Evening', isCollapsed: false, serverIds: [serverId] }],
        snippets: [{ id: 's', name: 'Save', command: 'save-all' }],
      }),
    `${before}/${survival}`,
  );
  await page.getByRole('button', { name: 'Settings' }).click();
  await choosing(first, path);
  await page.getByTestId('exports-export').click();
  await expect(page.getByTestId('exports')).toContainText(`Saved as ${path}`);
  const text = readFileSync(path, 'utf8');
  for (const secret of [...Object.values(sandbox.keys), 'ptlc_', before, 'BEGIN', 'olive'])
    expect(text, secret).not.toContain(secret);
  expect(text).toContain(sandbox.panel);
  await first.quit();
  await removeFolder(first.dataFolder);

  const second = await launch();
  page = await second.window('main');
  await expect(new Onboarding(page).url).toBeVisible();
  await page.evaluate(() => window.perch.call('window.open', { view: { kind: 'settings' } }));
  const card = page.getByTestId('exports');
  await expect(card).toBeVisible();

  await test.step('files of other kinds change no setting', async () => {
    const file = JSON.parse(text) as Record<string, unknown>;
    const bad: [string, string][] = [
      ['damaged', text.slice(0, -40)],
      ['does not contain Perch settings', '{"name":"something else"}'],
      ['newer version', JSON.stringify({ ...file, version: 99 })],
      ['too large', ' '.repeat(9_000_000)],
    ];
    const wrong = join(desktop.folder, 'wrong.json');
    await choosing(second, wrong);
    for (const [said, content] of bad) {
      writeFileSync(wrong, content);
      await page.getByTestId('exports-import').click();
      await expect(page.getByTestId('exports-problem')).toContainText(said);
      await expect(page.getByTestId('exports-preview')).toHaveCount(0);
    }
  });

  await test.step('a pipe that nobody writes into is refused at once', async () => {
    const pipe = join(desktop.folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    await choosing(second, pipe);
    await page.getByTestId('exports-import').click();
    await expect(page.getByTestId('exports-problem')).toContainText('can’t read this file');
    await expect(page.getByTestId('exports-import')).toBeEnabled();
  });

  const preview = page.getByTestId('exports-preview');
  await choosing(second, path);
  const pictures = new Pictures(second, page);
  await page.getByTestId('exports-import').click();
  await expect(preview).toContainText(`${host} (${sandbox.panel}), which needs its key afterwards`);
  await expect(preview).toContainText('Ask before stopping a server: off → on');
  await expect(preview).toContainText('1 server is pinned');
  await expect(preview).toContainText('Group “Evening”');
  await pictures.take('exports-preview');
  await preview.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByTestId('account')).toHaveCount(0);
  await page.getByTestId('exports-import').click();
  await page.getByTestId('exports-apply').click();
  await expect(card).toContainText('Imported.');

  const account = page.getByTestId('account');
  await expect(account).toContainText('needs its key');
  await pictures.take('exports-imported');
  const after = accountOf();
  expect(after).not.toBe(before);
  const serverIds = [`${after}/${survival}`];
  await expect(() => {
    const kept: unknown = JSON.parse(readFileSync(join(second.dataFolder, 'settings.json'), 'utf8'));
    expect(kept).toMatchObject({ settings: { confirmStop: true, pins: serverIds, groups: [{ serverIds }] } });
  }).toPass({ timeout: 20_000 });

  await test.step('its key makes it the same panel', async () => {
    await account.getByRole('button', { name: 'Enter the key again' }).click();
    await page.getByTestId('replace-key').getByLabel('API key', { exact: true }).fill(sandbox.keys.owner);
    await page.getByTestId('replace-key-go').click();
    await expect(page.getByTestId('replace-key')).toHaveCount(0, { timeout: 20_000 });
    await page.getByRole('button', { name: 'All servers' }).click();
    await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
    expect(accountOf()).toBe(after);
    await page.getByRole('button', { name: 'Settings' }).click();
    await expect(page.getByTestId('account')).toHaveCount(1);
    await expect(page.getByTestId('account')).not.toContainText('needs its key');
  });
});
