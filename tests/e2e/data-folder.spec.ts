/** A data folder that is not what it should be: said to the person, and nothing of it lost. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MainWindow, Onboarding } from './pages.js';
import { electronPath, expect, test, within } from './perch.js';

test('a folder that can’t be written to ends Perch with a dialog', async ({ desktop }) => {
  const file = join(desktop.folder, 'no-folder');
  writeFileSync(file, '');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const perch = spawn(electronPath(), [...asRoot, resolve(import.meta.dirname, '../..')], {
    env: { ...desktop.env, PERCH_DATA: join(file, 'perch') },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((done) => perch.once('exit', done));
  try {
    const dialog = await within(20_000, 'the dialog', async () => {
      const { code, output } = await desktop.run('xdotool', [
        'search',
        '--onlyvisible',
        '--pid',
        String(perch.pid),
        '--name',
        '.',
      ]);
      return code === 0 ? output.split('\n')[0] : undefined;
    });
    await desktop.run('xdotool', ['windowfocus', dialog, 'key', '--window', dialog, 'Return']);
    expect(await ended).toBe(1);
  } finally {
    perch.kill('SIGKILL');
  }
});

test('files that can’t be used are named in the window, with where they are kept', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const first = await launch();
  await new Onboarding(await first.window('main')).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(await first.window('main')).fleetRow('Survival')).toBeVisible();
  await first.quit();

  const folder = join(desktop.folder, 'perch');
  const newer = '{"version":99,"settings":{}}';
  writeFileSync(join(folder, 'settings.json'), newer);
  const accounts = readFileSync(join(folder, 'accounts.json'), 'utf8');
  writeFileSync(join(folder, 'accounts.json'), accounts.slice(0, accounts.length / 2));
  writeFileSync(join(folder, 'accounts.json.123456789'), 'half');

  const page = await (await launch()).window('main');
  const notices = page.getByTestId('notice');
  await expect(notices).toHaveCount(2);
  for (const [file, words, text] of [
    ['settings.json', /settings file is from a newer version/, newer],
    ['accounts.json', /list of panels was damaged/, accounts.slice(0, accounts.length / 2)],
  ] as const) {
    const [aside = '', ...more] = readdirSync(folder).filter((name) => name.startsWith(`${file}.`));
    expect(more).toEqual([]);
    expect(readFileSync(join(folder, aside), 'utf8')).toBe(text);
    const notice = notices.filter({ hasText: words });
    await expect(notice).toContainText(join(folder, aside));
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(notice).toHaveCount(0);
  }
});
