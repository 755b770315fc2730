/** Diagnostics in the settings and `perch doctor` against a real panel, and secrets that must not appear in them. */
import { readFileSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

test('every step ends with a result, and the saved and copied report contains no names', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Settings' }).click();
  const diagnostics = page.getByTestId('diagnostics');
  await diagnostics.scrollIntoViewIfNeeded();
  const pictures = new Pictures(perch, page);
  await pictures.take('diagnostics-before');
  await page.getByTestId('diagnostics-run').click();
  await expect(page.getByTestId('diagnostics-sum')).toBeVisible({ timeout: 30_000 });

  const steps = page.getByTestId('diagnostics-step');
  await test.step('the steps', async () => {
    await expect(steps).toHaveCount(16);
    for (const [place, step] of (await steps.all()).entries()) {
      await expect(step).toContainText(`${place + 1}`);
      await expect(step).toContainText(/\d ms/);
    }
    const of = (name: string) =>
      steps.filter({ has: page.locator('.name', { hasText: new RegExp(`^${name}$`) }) });
    for (const name of ['Versions', 'Command line', 'Tray', 'Notifications', 'Keychain', 'History', 'Log'])
      await expect(of(name), name).toHaveClass(/good/);
    for (const name of ['Route', 'Answer', 'Clock', 'Account', 'Permissions', 'Requests'])
      await expect(of(name), name).toHaveClass(/good/);
    await expect(of('Name lookup')).toHaveClass(/left-out/);
    await expect(of('Encryption')).toHaveClass(/left-out/);
    await expect(of('Live connections')).toContainText('live');
    await diagnostics.scrollIntoViewIfNeeded();
    await pictures.take('diagnostics');
  });

  const path = join(desktop.folder, 'report.txt');
  await perch.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: false, filePath }) as ReturnType<typeof dialog.showSaveDialog>;
  }, path);
  await page.getByTestId('diagnostics-save').click();
  await expect(diagnostics).toContainText(`Saved as ${path}`);
  await diagnostics.getByRole('button', { name: 'Copy report' }).click();
  await expect(diagnostics).toContainText('Copied');
  const copied = await perch.app.evaluate(({ clipboard }) => clipboard.readText());
  const saved = readFileSync(path, 'utf8');
  const names = [
    ...Object.values(sandbox.keys),
    ...[sandbox.panel, new URL(sandbox.panel).host, new URL(sandbox.panel).port, '127.0.0.1', 'localhost'],
    ...sandbox.servers.flatMap(({ name, uuid, identifier }) => [name, uuid, identifier]),
    ...['@', 'ptlc_', 'eyJ', '/', homedir(), hostname(), perch.dataFolder, desktop.folder],
    // The name of the build's user may equal a word of the report.
    ...(userInfo().username.length > 4 ? [userInfo().username] : []),
  ];
  for (const text of [saved, copied]) {
    expect(text).toContain('panel 1 answer');
    expect(text).toMatch(/^ 1 {2}good +\d+ ms {2}versions +perch=\d/m);
    for (const name of names) expect(text, name).not.toContain(name);
  }

  await test.step('the same on the command line', async () => {
    const cli = new CommandLine(desktop.env, perch.dataFolder);
    const shown = await cli.run(['doctor']);
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('1. Versions: good.') });
    expect(shown.out).toContain(': Answer: good.');
    const found = (await cli.json(['doctor'])) as { steps: { name: string; result: string; ms: number }[] };
    expect(found.steps).toHaveLength(16);
    expect(found.steps.every(({ ms }) => ms >= 0)).toBe(true);
    // The window shows each run; while it shows this one as under way, its button takes no press.
    const times = async (): Promise<number[]> =>
      (await steps.locator('.time').allInnerTexts()).map((text) => Number(text.replace(/\D/g, '')));
    await expect.poll(times).toEqual(found.steps.map(({ ms }) => Math.round(ms)));
    await expect(page.getByTestId('diagnostics-run')).toBeEnabled();
  });

  await test.step('a panel that is away is marked bad, with the next step', async () => {
    await sandbox.stop();
    await page.getByTestId('diagnostics-run').click();
    const answer = steps.filter({ has: page.locator('.name', { hasText: /^Answer$/ }) });
    await expect(answer).toHaveClass(/bad/, { timeout: 60_000 });
    await expect(page.getByTestId('diagnostics-sum')).toContainText('attention', { timeout: 30_000 });
    const report = await page.getByTestId('diagnostics-report').textContent();
    expect(report).toContain('problem=panel-unreachable');
    for (const name of names) expect(report, name).not.toContain(name);
    await answer.scrollIntoViewIfNeeded();
    await pictures.take('diagnostics-bad');
  });
});
