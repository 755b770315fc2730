/** Unusable data folders: reported to the person, and none of their data lost. */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding } from './pages.js';
import type { Desktop } from '../support/desktop/desktop.mjs';
import { pathsBelow } from '../support/paths-below.js';
import { callPressed, electronPath, expect, launchPerch, test, within } from './perch.js';
import { Pictures } from './pictures.js';

/** Starts Perch on an unusable folder, reads the dialog's title, presses its button and returns the exit code. */
async function endsWithDialog(desktop: Desktop, dataFolder: string): Promise<number | null> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const perch = spawn(electronPath(), [...asRoot, resolve(import.meta.dirname, '../..')], {
    env: { ...desktop.env, PERCH_DATA: dataFolder },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((done) => perch.once('exit', done));
  try {
    const dialog = await within(40_000, 'the dialog', async () => {
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
    // A dialog that is not drawn yet takes no key.
    return await within(60_000, 'the end after the press', async () => {
      await desktop.run('xdotool', ['windowfocus', dialog, 'key', '--window', dialog, 'Return']);
      return Promise.race([ended, new Promise<undefined>((next) => setTimeout(next, 1000))]);
    });
  } finally {
    perch.kill('SIGKILL');
  }
}

test('a folder that can’t be written to ends Perch with a dialog', async ({ desktop }) => {
  const file = join(desktop.folder, 'no-folder');
  writeFileSync(file, '');
  expect(await endsWithDialog(desktop, join(file, 'perch'))).toBe(1);
});

test('a folder that another user may write is refused before anything is read, by Perch and its command line', async ({
  desktop,
  sandbox,
}) => {
  const folder = join(desktop.folder, 'shared');
  const accounts = join(folder, 'accounts.json');
  const record = { id: 'a', label: 'A', panelUrl: sandbox.panel, keyStorage: 'keychain', isDemo: false };
  const list = JSON.stringify({ version: 1, accounts: [{ ...record, trusted: null }] });
  const begin = (): void => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    writeFileSync(accounts, list, { mode: 0o600 });
    chmodSync(accounts, 0o600);
  };
  const refused = async (dataFolder: string, path: string, words: string): Promise<void> => {
    const before = readdirSync(folder);
    expect(await endsWithDialog(desktop, dataFolder)).toBe(1);
    expect(readdirSync(folder)).toEqual(before);
    const { code, err } = await new CommandLine(desktop.env, dataFolder).run(['list']);
    expect(code).toBe(3);
    expect(err).toContain(words);
    expect(err).toContain(path);
  };

  await test.step('everybody may write in it', async () => {
    begin();
    chmodSync(folder, 0o777);
    await refused(folder, folder, 'other users may change');
  });
  await test.step('everybody may write its list of panels', async () => {
    begin();
    chmodSync(accounts, 0o666);
    await refused(folder, accounts, 'other users may change');
  });
  // Only root can change a file's owner; main/shell/start/folder-rights.spec.ts covers the check for other users.
  if (process.getuid?.() !== 0) return;
  const nobody = 65_534;
  await test.step('it belongs to another user', async () => {
    begin();
    chownSync(folder, nobody, nobody);
    await refused(folder, folder, 'belongs to another user');
    chownSync(folder, 0, 0);
  });
  await test.step('its list of panels does', async () => {
    begin();
    chownSync(accounts, nobody, nobody);
    await refused(folder, accounts, 'belongs to another user');
    chownSync(accounts, 0, 0);
  });
  await test.step('another user’s link leads to a folder of this user', async () => {
    begin();
    const link = join(desktop.folder, 'link');
    symlinkSync(folder, link);
    lchownSync(link, nobody, nobody);
    await refused(link, link, 'belongs to another user');
  });
});

test('files of an older version are protected and moved, and files that can’t be used are named', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const folder = join(desktop.folder, 'perch');
  const viewer = join(desktop.folder, 'bin', 'xdg-open');
  const mask = join(desktop.folder, 'mask');
  mkdirSync(dirname(viewer));
  writeFileSync(viewer, `#!/bin/sh\numask > '${mask}'\n`);
  chmodSync(viewer, 0o755);
  Object.assign(desktop.env, { PATH: `${dirname(viewer)}:${desktop.env['PATH'] ?? ''}` });
  const open = (): string[] =>
    ['', ...pathsBelow(folder)].filter((name) => {
      const found = lstatSync(join(folder, name), { throwIfNoEntry: false });
      return found !== undefined && !found.isSymbolicLink() && (found.mode & 0o077) !== 0;
    });

  let perch = await launch();
  let page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await test.step('all files belong to their user only', () => expect(open()).toEqual([]));
  await test.step('programs that Perch opens are not held to that', async () => {
    await callPressed(page, 'app.openLogs', undefined);
    const told = await within(30_000, 'the file viewer', () =>
      Promise.resolve((existsSync(mask) && readFileSync(mask, 'utf8').trim()) || undefined),
    );
    expect(Number.parseInt(told, 8)).toBe(process.umask());
  });
  await perch.quit();
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['history', 'logs', 'accounts.json']));

  await test.step('also those of an older version', async () => {
    for (const name of ['', 'history', 'logs']) chmodSync(join(folder, name), 0o755);
    for (const name of readdirSync(join(folder, 'history'))) chmodSync(join(folder, 'history', name), 0o644);
    chmodSync(join(folder, 'accounts.json'), 0o644);
    perch = await launch();
    await perch.window('main');
    expect(open()).toEqual([]);
    await perch.quit();
  });

  await test.step('the memory of an older Perch moves to its own file, and opening a server writes that file only', async () => {
    const [settings, memory] = ['settings.json', 'memory.json'].map((name) => join(folder, name));
    if (settings === undefined || memory === undefined) throw new Error('no files');
    rmSync(memory, { force: true });
    const old = { theme: 'dark', told: ['autostart', 'goes-on'], eventsSeenAt: 5 };
    writeFileSync(settings, JSON.stringify({ version: 3, settings: old }));

    perch = await launch();
    const main = new MainWindow(await perch.window('main'));
    const row = main.fleetRow('Survival');
    await expect(row).toBeVisible();
    const remembered = (): string => readFileSync(memory, 'utf8');
    await expect(() => {
      expect(JSON.parse(remembered())).toMatchObject({
        memory: { shownOnce: ['autostart', 'still-running'], eventsSeenAt: 5, visits: [] },
      });
      expect(readFileSync(settings, 'utf8')).not.toContain('told');
    }).toPass({ timeout: 20_000 });
    const chosen = readFileSync(settings, 'utf8');
    expect(JSON.parse(chosen)).toMatchObject({ settings: { theme: 'dark' } });
    const writtenAt = lstatSync(settings).mtimeMs;

    await row.click();
    await expect.poll(remembered).toMatch(/"serverId": "[^"]+\/[^"]+"/);
    expect(readFileSync(settings, 'utf8')).toBe(chosen);
    expect(lstatSync(settings).mtimeMs).toBe(writtenAt);
    await perch.quit();
  });

  await test.step('files that can’t be used are named in the window, with where they are kept', async () => {
    const newer = '{"version":99,"settings":{}}';
    writeFileSync(join(folder, 'settings.json'), newer);
    const accounts = readFileSync(join(folder, 'accounts.json'), 'utf8');
    writeFileSync(join(folder, 'accounts.json'), accounts.slice(0, accounts.length / 2));
    writeFileSync(join(folder, 'accounts.json.123456789'), 'half');

    perch = await launch();
    page = await perch.window('main');
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
  // Electron's folder stands in for the mount folder of an AppImage.
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
    const shown = await within(30_000, 'the file viewer', () =>
      Promise.resolve((existsSync(opened) && readFileSync(opened, 'utf8')) || undefined),
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
