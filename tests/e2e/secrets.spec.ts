/**
 * Secrets with known values go through Perch, and then every place is searched that Perch writes to or sends to: files,
 * windows, the log, reports, exports, notifications, the command line, programs, other processes.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallName } from '../../bridge/schema/contract.js';
import { startChannelService } from '../support/channel-services.js';
import { LeakSearch } from '../support/leak-search.js';
import { startTamperedPanel } from '../support/odd-panel.js';
import { aProgram } from './a-program.js';
import { choosing } from './chosen-file.js';
import { answerWith } from './closing.js';
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, keptKey, press, test } from './perch.js';
import { recordBridge } from './recorded-bridge.js';

test.use({ sandboxFlags: ['--dialect', 'panel-1.12'] });

/** Passwords that each way of writing changes: letters, quotes and slashes that JSON, URLs and HTML escape. */
const typed = { wrong: 'wrong/hörse "battery"&', next: "n'ext/hörse <staple>&+1" };

test('no secret reaches a file, a log, a window, a report, the command line or a program', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const leaks = new LeakSearch();
  /** Where a secret was found in what other processes could read while Perch worked. */
  const foundOutside: string[] = [];
  const temporary = join(desktop.folder, 'tmp');
  mkdirSync(temporary);
  Object.assign(desktop.env, { TMPDIR: temporary });
  const ntfy = await startChannelService('ntfy');
  const discord = await startChannelService('discord');
  let echo: string | null = null;
  const panel = await startTamperedPanel(sandbox.panel, (body, path) =>
    echo !== null && path.endsWith('/account/password') ? echo : body,
  );
  const perch = await launch();
  let printed = '';
  for (const stream of [perch.app.process().stdout, perch.app.process().stderr])
    stream?.on('data', (piece: Buffer) => (printed += piece.toString()));
  const page = await perch.window('main');
  const bridge = await recordBridge(perch);
  const main = new MainWindow(page);
  const copied = (): Promise<string> => perch.app.evaluate(({ clipboard }) => clipboard.readText());
  /** Makes a call right after a press. Fails if main refuses the call. */
  const ask = async (name: CallName, input: unknown): Promise<unknown> => {
    await press(page);
    const answer = await page.evaluate(([call, given]) => window.perch.call(call, given), [
      name,
      input,
    ] as const);
    expect(answer, name).toMatchObject({ ok: true });
    foundOutside.push(...leaks.inProcesses());
    return answer.ok ? answer.value : null;
  };
  await answerWith(perch, 'Send there');

  await test.step('keys: typed, made, replaced, for SFTP', async () => {
    leaks.add('the typed key', sandbox.keys.owner);
    await new Onboarding(page).connect(panel.url, sandbox.keys.owner);
    await expect(main.fleetRow('Survival')).toContainText(/starting|running/, { timeout: 20_000 });
  });
  const serverId = (await main.fleetRow('Survival').getAttribute('data-server')) ?? '';
  const [accountId = ''] = serverId.split('/');
  await test.step('keys: made, replaced, for SFTP', async () => {
    await ask('account.makeKey', { accountId, description: 'laptop', allowedIps: [] });
    leaks.add('the new key', await copied());
    await ask('account.renewKey', { accountId });
    leaks.add('the key of Perch', (await keptKey(desktop, accountId)) ?? '');
    await ask('sftp.setUp', { serverId });
    const kept = (await keptKey(desktop, `sftp-${accountId}`)) ?? '';
    leaks.add('the SFTP key', kept.replaceAll(/-----[^-]+-----|\s/g, '').slice(-40));
  });

  await test.step('passwords of the account: wrong, echoed by the panel, right', async () => {
    leaks.add('the old password', sandbox.passwords.owner);
    leaks.add('the wrong password', typed.wrong);
    leaks.add('the new password', typed.next);
    await page.getByRole('button', { name: 'Settings', exact: true }).first().click();
    await page.getByTestId('open-account').click();
    await page.getByTestId('change-password').click();
    const dialog = page.getByTestId('change-sign-in-dialog');
    const now = dialog.getByLabel('Current password', { exact: true });
    await now.fill(typed.wrong);
    await dialog.getByLabel('New password', { exact: true }).fill(typed.next);
    // Laravel writes JSON as PHP does: with escaped slashes, and numbers instead of letters that are not ASCII.
    const php = (text: string): string =>
      JSON.stringify(text)
        .replaceAll('/', '\\/')
        .replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
    echo = `{"errors":[{"code":"Strange","status":"400","detail":${php(`No ${typed.wrong} or ${typed.next}.`)}}]}`;
    await page.getByTestId('change-sign-in-save').click();
    await expect(dialog).toContainText('***');
    echo = null;
    await now.fill(sandbox.passwords.owner);
    await page.getByTestId('change-sign-in-save').click();
    await expect(page.getByTestId('account-changed')).toBeVisible();
    await ask('account.setEmail', { accountId, email: 'olive2@example.com', password: typed.next });
  });

  await test.step('access, and channels with their addresses and tokens', async () => {
    await ask('people.add', {
      serverId,
      email: 'new.builder@example.com',
      permissions: ['websocket.connect'],
    });
    leaks.add('the topic of ntfy', new URL(ntfy.form.address).pathname.slice(1));
    leaks.add('the token of ntfy', ntfy.form.token);
    leaks.add('the webhook of Discord', new URL(discord.form.address).pathname);
    const channel = { name: 'Phone', template: null, keep: 'keychain' };
    await ask('channels.add', { ...channel, kind: 'ntfy', ...ntfy.form });
    await ask('channels.add', { ...channel, kind: 'discord', ...discord.form });
  });

  const { uuid = '' } = sandbox.servers.find(({ name }) => name === 'Survival') ?? {};
  const passwordOf = async (): Promise<string> => {
    const key = (await keptKey(desktop, accountId)) ?? '';
    const list = (await sandbox.ask(`/api/client/servers/${uuid}/databases?include=password`, key)) as {
      data: { attributes: { relationships: { password: { attributes: { password: string } } } } }[];
    };
    return list.data[0]?.attributes.relationships.password.attributes.password ?? '';
  };
  await test.step('passwords of a database: made, shown, copied, handed over, replaced', async () => {
    await sandbox.control({ do: 'panel', databaseHost: { address: 'db.harbor.example' } });
    const { id: database } = (await ask('databases.create', { serverId, name: 'luckperms', from: '%' })) as {
      id: string;
    };
    leaks.add('the first password of the database', await passwordOf());
    await main.openServer('Survival');
    await new ServerWindow(page).tab('Databases');
    await page.getByTestId('database-show').click();
    await expect(page.getByTestId('database-password')).toHaveText(await passwordOf());
    await page.getByTestId('database-show').click();
    await ask('databases.rotate', { serverId, database });
    const rotated = await passwordOf();
    leaks.add('the second password of the database', rotated);
    const opened = await perch.app.evaluateHandle(({ shell }) => {
      const urls: string[] = [];
      shell.openExternal = async (url) => void urls.push(url);
      return urls;
    });
    for (const what of ['connection', 'jdbc', 'luckperms', 'coreprotect', 'password']) {
      await ask('databases.copy', { serverId, database, what });
      expect.soft(leaks.in(await copied()), what).toEqual(['the second password of the database']);
    }
    await ask('databases.open', { serverId, database });
    expect(await opened.jsonValue()).toHaveLength(1);
    expect.soft(leaks.in(JSON.stringify(await opened.jsonValue()))).toEqual([]);
  });

  await test.step('the command line and a program', async () => {
    const shell = new CommandLine(desktop.env, perch.dataFolder);
    const words = [
      ['databases', 'Survival'],
      ['account'],
      ['activity', 'Survival'],
      ['people', 'Survival'],
      ['schedules', 'Survival'],
      ['startup', 'Survival'],
      ['events'],
      ['doctor'],
    ];
    for (const verb of words) {
      const { code, out, err } = await shell.run([...verb, '--json']);
      expect([verb, code, err]).toEqual([verb, 0, '']);
      expect.soft(leaks.in(out), verb[0]).toEqual([]);
    }
    const program = await aProgram(desktop.env, perch.dataFolder, 'Robot');
    const { tools } = await program.client.listTools();
    const rotate = { server: 'Survival', database: 's1_luckperms' };
    const rotated = program.call('rotate_database_password', rotate);
    const once = page.getByTestId('consent-question').getByRole('button', { name: 'Allow once' });
    await expect(once).not.toHaveAttribute('aria-disabled');
    await once.click();
    expect((await rotated).isError).toBe(false);
    leaks.add('the password that a program replaced', await passwordOf());
    expect.soft(leaks.in((await rotated).text)).toEqual([]);
    const byCommandLine = await shell.run([
      'databases',
      'Survival',
      'rotate',
      's1_luckperms',
      '--yes',
      '--json',
    ]);
    expect(byCommandLine.code).toBe(0);
    leaks.add('the password that the command line replaced', await passwordOf());
    expect.soft(leaks.in(byCommandLine.out + byCommandLine.err)).toEqual([]);
    const asked: string[] = [];
    for (const { name, annotations, inputSchema } of tools) {
      if (annotations?.readOnlyHint !== true) continue;
      const needed = (inputSchema.required ?? []).map((field) => [field, 'Survival']);
      const { text, isError } = await program.call(name, Object.fromEntries(needed));
      expect.soft(leaks.in(text), name).toEqual([]);
      if (!isError) asked.push(name);
    }
    expect(asked).toEqual(expect.arrayContaining(['databases', 'account', 'activity', 'people']));
    await program.client.close();
  });

  const report = join(temporary, 'report.txt');
  await test.step('diagnostics, exported settings, failures of main and of a window', async () => {
    await ask('diagnosis.run', undefined);
    await choosing(perch, report);
    await ask('diagnosis.save', undefined);
    await choosing(perch, join(temporary, 'settings.json'));
    await ask('exports.save', undefined);
    const key = (await keptKey(desktop, accountId)) ?? '';
    const secrets = { text: key, password: await passwordOf() };
    await perch.app.evaluate((_electron, { text, password }) => {
      setTimeout(() => {
        throw new Error(`uncaught ${text}`);
      });
      void Promise.reject(Object.assign(new Error(`unhandled ${text}`), { answer: { key: text } }));
      const relationships = { password: { attributes: { password } } };
      void Promise.reject(new Error(`answered ${JSON.stringify({ relationships })}`));
      void Promise.reject(new Error('an answer', { cause: { body: `Bearer ${text}` } }));
    }, secrets);
    await page.evaluate((text) => void Promise.reject(new Error(`of a window ${text}`)), key);
    const log = (): string => readFileSync(join(perch.dataFolder, 'logs', 'perch.log'), 'utf8');
    for (const failure of ['app.uncaught', 'app.unhandled', 'window.failed'])
      await expect.poll(log).toContain(failure);
  });

  await test.step('messages to every window: only the requested password', async () => {
    await desktop.activateTray();
    await (await perch.window('popover')).evaluate(() => document.title);
    const sent = await bridge.sent();
    expect(sent.length).toBeGreaterThan(50);
    const found = sent.flatMap(({ what, text }) => leaks.in(text).map((secret) => `${what}: ${secret}`));
    expect.soft(found).toEqual(['call databases.showPassword: the first password of the database']);
    for (const window of perch.app.windows()) {
      const shown = await window.evaluate(() =>
        [
          document.title,
          document.documentElement.outerHTML,
          ...[...document.querySelectorAll('input, textarea')].map(
            (field) => (field as HTMLInputElement).value,
          ),
          JSON.stringify({ ...localStorage, ...sessionStorage }),
        ].join('\n'),
      );
      expect.soft(leaks.in(shown), window.url()).toEqual([]);
    }
  });

  await test.step('notifications, tray, titles of windows, output, other processes', async () => {
    const titles = await perch.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    );
    const outside = [
      titles,
      await desktop.notifications(),
      await desktop.trayMenu(),
      await desktop.tooltip(),
      printed,
    ];
    expect.soft(leaks.in(JSON.stringify(outside))).toEqual([]);
    expect.soft([...foundOutside, ...leaks.inProcesses()]).toEqual([]);
  });

  await test.step('files: data, log, caches, temporary files, report, export, after a crash and the end', async () => {
    await perch.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.forcefullyCrashRenderer();
    });
    await expect
      .poll(() => readFileSync(join(perch.dataFolder, 'logs', 'perch.log'), 'utf8'))
      .toContain('window.crashed');
    await perch.quit();
    for (const path of [report, join(temporary, 'settings.json')])
      expect(readFileSync(path, 'utf8')).not.toBe('');
    expect.soft(leaks.inFolder(desktop.folder)).toEqual([]);
    // A dump holds the memory of a process, also parts that no search finds.
    const names = readdirSync(desktop.folder, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.dmp$|(?:^|\/)core(?:\.\d+)?$/.test(name))).toEqual([]);
    // The search finds a planted secret.
    const planted = join(perch.dataFolder, 'planted');
    writeFileSync(planted, Buffer.from(`olive:${typed.next}`).toString('base64'));
    expect.soft(leaks.inFolder(desktop.folder)).toEqual([`${planted}: the new password`]);
    rmSync(planted);
  });
  await Promise.all([ntfy.stop(), discord.stop(), panel.stop()]);
});
