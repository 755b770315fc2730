/** A data folder that is not what it should be: said to the person, and nothing of it lost. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding } from './pages.js';
import { electronPath, expect, launchPerch, test, within } from './perch.js';
import { Pictures } from './pictures.js';

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

test('a portable Perch keeps its data beside the program, and shows where its log is', async ({
  desktop,
  sandbox,
}) => {
  const programs = join(desktop.folder, 'programs');
  const own = join(programs, 'perch-data');
  mkdirSync(own, { recursive: true });
  const opened = join(desktop.folder, 'opened');
  const viewer = join(programs, 'xdg-open');
  writeFileSync(viewer, `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`);
  chmodSync(viewer, 0o755);
  // The folder of Electron is in the place of the one that an AppImage is mounted to.
  const mount = join('/tmp', basename(dirname(electronPath())));
  const path = `${programs}:${desktop.env['PATH'] ?? ''}`;
  Object.assign(desktop.env, { APPIMAGE: join(programs, 'perch.AppImage'), APPDIR: mount, PATH: path });

  const perch = await launchPerch(desktop, [], undefined, '');
  try {
    const page = await perch.window('main');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(new MainWindow(page).fleetRow('Survival')).toBeVisible();
    await page.evaluate(() => window.perch.call('window.open', { view: { kind: 'settings' } }));
    const about = page.getByTestId('about');
    await expect(about.getByTestId('portable')).toContainText('keychain');
    await expect(about).toContainText(own);
    const list = await new CommandLine(desktop.env, '').json(['list']);
    expect(JSON.stringify(list)).toContain('Survival');

    await about.getByTestId('open-logs').click();
    const shown = await within(10_000, 'the file viewer', () =>
      Promise.resolve(existsSync(opened) ? readFileSync(opened, 'utf8') : undefined),
    );
    expect(shown).toBe(join(own, 'logs'));
    await expect(about.getByRole('alert')).toHaveCount(0);
    writeFileSync(viewer, '#!/bin/sh\nexit 3\n');
    await about.getByTestId('open-logs').click();
    await expect(about.getByRole('alert')).toContainText(join(own, 'logs'));
    await new Pictures(perch, page).take('about-portable', () => about.scrollIntoViewIfNeeded());
  } finally {
    await perch.quit();
  }
  expect(readdirSync(own)).toEqual(expect.arrayContaining(['accounts.json', 'settings.json', 'logs']));
  expect(readFileSync(join(own, 'accounts.json'), 'utf8')).not.toContain(sandbox.keys.owner);
  expect(existsSync(join(desktop.env['XDG_CONFIG_HOME'] ?? '', 'perch', 'settings.json'))).toBe(false);
});
