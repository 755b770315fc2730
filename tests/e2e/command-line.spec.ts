import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { addressFile, remoteFolder } from '../../bridge/remote/remote-address.js';
import { PerchConnection } from '../../cli/connection.js';
import { choose, MainWindow, Onboarding } from './pages.js';
import { CommandLine } from './command-line.js';
import { expect, test, within } from './perch.js';
import { heapOf } from './soak/resources.js';

test('every verb does its work from a second process, for its own user only, and starts a missing Perch', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const cli = new CommandLine(desktop.env, perch.dataFolder);
  const state = async (name: string): Promise<string | undefined> => {
    const { servers } = (await cli.json(['status', name])) as { servers: { state: string }[] };
    return servers[0]?.state;
  };
  const survival = sandbox.servers.find(({ name }) => name === 'Survival');
  if (survival === undefined) throw new Error('The sandbox has no Survival.');

  await test.step('list and status', async () => {
    const listed = await cli.run(['list']);
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(/^NAME +STATE +(?:PLAYERS +)?PANEL/);
    expect(listed.out).toMatch(/^Survival +running/m);
    expect(listed.out).not.toContain('\u001b');
    for (const name of [
      survival.identifier,
      survival.uuid,
      'survival',
      `${new URL(sandbox.panel).host}/Survival`,
    ]) {
      expect(await state(name), name).toBe('running');
    }
    await expect(async () => {
      const { out } = await cli.run(['status', 'Survival']);
      expect(out).toMatch(
        /^NAME +STATE +PLAYERS +CPU .*\nSurvival +running +\d+\/\d+ \((?:game, \d+ s|console)\) /,
      );
    }).toPass({ timeout: 60_000 });
    const { out } = await cli.run(['status', 'Survival']);
    expect(out).toContain(`UUID: ${survival.uuid}\n`);
    expect(out).toMatch(/^Memory: [\d.]+ [MG]iB$/m);
  });

  await test.step('a name that is none, or not one', async () => {
    const none = await cli.run(['status', 'Surviv']);
    expect(none.code).toBe(4);
    expect(none.err).toContain('Survival');
    expect((await cli.run(['logs', 'nothing-like-it'])).code).toBe(4);
  });

  await test.step('invalid command lines', async () => {
    for (const words of [
      ['lst'],
      ['stop'],
      ['wait', 'Survival', '--state', 'dead'],
      ['list', '--colour'],
      ['logs', 'Survival', '-n', 'many'],
    ]) {
      const wrong = await cli.run(words);
      expect(wrong.code, words.join(' ')).toBe(2);
      expect(wrong.err, words.join(' ')).toContain('--help');
    }
    const asked = await cli.run(['stop', '--help']);
    expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('--yes') });
  });

  await test.step('dangerous commands need a yes, and stop, start, restart and kill reach the server', async () => {
    expect((await cli.run(['stop', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival', '--state', 'offline'])).code).toBe(0);
    expect((await cli.run(['stop', 'Survival'])).code).toBe(8);
    expect((await cli.run(['start', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival'])).code).toBe(0);
    expect((await cli.run(['restart', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival', '--timeout', '40'])).code).toBe(0);
    const refused = await cli.run(['kill', 'Survival']);
    expect(refused.code).toBe(7);
    expect(refused.err).toContain('Kill “Survival”?');
    await expect.poll(() => state('Survival')).toBe('running');
    expect((await cli.run(['kill', 'Survival', '--yes'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival', '--state', 'offline'])).code).toBe(0);
    const late = await cli.run(['wait', 'Survival', '--timeout', '1']);
    expect(late).toMatchObject({ code: 6, err: expect.stringContaining('Survival') });
    expect((await cli.run(['start', 'Survival'])).code).toBe(0);
    expect((await cli.run(['wait', 'Survival'])).code).toBe(0);
  });

  await test.step('several servers go one after the other', async () => {
    expect((await cli.run(['restart', 'Survival', 'Creative'])).code).toBe(7);
    const { results } = (await cli.json(['restart', 'Survival', 'Creative', '--yes'])) as {
      results: { server: { name: string }; outcome: string }[];
    };
    expect(results.map(({ server }) => server.name)).toEqual(['Survival', 'Creative']);
  });

  await test.step('send, and the lines of its answer in logs', async () => {
    expect((await cli.run(['wait', 'Survival'])).code).toBe(0);
    const follow = cli.start(['logs', 'Survival', '-f', '-n', '5']);
    await expect.poll(follow.out, { timeout: 20_000 }).not.toBe('');
    expect((await cli.run(['send', 'Survival', 'say', 'from', 'outside'])).code).toBe(0);
    expect((await cli.run(['send', 'Survival', '-'], 'say --through a pipe\n')).code).toBe(0);
    await expect.poll(follow.out).toContain('from outside');
    await expect.poll(follow.out).toContain('--through a pipe');
    expect(await cli.run(['send', 'Survival', '-'], 'x'.repeat(300_000))).toMatchObject({
      code: 2,
      err: expect.stringContaining('too long'),
    });
    expect((await cli.run(['--colour', 'list'])).code).toBe(2);
    follow.process.kill('SIGINT');
    await follow.ended;
    expect((await cli.run(['send', 'Survival', '-'], 'one\ntwo\n')).code).toBe(2);
    const past = await cli.run(['logs', 'Survival']);
    expect(past).toMatchObject({ code: 0, out: expect.stringContaining('from outside') });
  });

  await test.step('events, doctor, open, completion and version', async () => {
    const happened = await cli.run(['events', 'Survival', '-n', '50']);
    expect(happened).toMatchObject({ code: 0, out: expect.stringContaining('Survival') });
    const doctor = await cli.run(['doctor']);
    expect(doctor).toMatchObject({ code: 0, out: expect.stringContaining('1. Versions') });
    expect((await cli.run(['open', 'Survival', '--tab', 'startup'])).code).toBe(0);
    await expect(page.getByRole('tab', { name: 'Startup' })).toHaveAttribute('aria-selected', 'true');
    expect((await cli.run(['completion', 'bash'])).out).toContain('complete -F _perch perch');
    expect((await cli.run(['--version'])).out).toMatch(/^Perch \d/);
  });

  await test.step('no key is ever printed', async () => {
    const all = await Promise.all([cli.run(['list', '--json']), cli.run(['doctor', '--json'])]);
    for (const { out, err } of all) expect(out + err).not.toContain(sandbox.keys.owner);
  });

  await test.step('two hundred calls in a row leave no resource behind in Perch', async () => {
    const pid = perch.app.process().pid ?? 0;
    const call = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index++) {
        const connection = await PerchConnection.open(perch.dataFolder, { kind: 'person', name: 'perch' });
        if (connection === null) throw new Error('Perch does not listen.');
        // Every tenth connection is cut off in the middle of a subscription.
        if (index % 10 === 0) {
          const begun = new Promise<void>((resolve) => {
            const input = { names: [], watch: true };
            connection.ask('status', input, { onEvent: () => resolve() }).catch(() => undefined);
          });
          await begun;
        } else if (index % 10 === 1) {
          await connection.ask('logs', { name: 'Survival', lines: 5, follow: false });
        } else {
          expect((await connection.ask('list', {})).servers.length).toBeGreaterThan(0);
        }
        connection.close();
      }
    };
    const held = (): number => readdirSync(`/proc/${pid}/fd`).length;
    await call(20);
    const before = { held: held(), heap: await heapOf(perch.app) };
    await call(200);
    await expect.poll(held).toBeLessThanOrEqual(before.held + 3);
    expect((await heapOf(perch.app)) - before.heap).toBeLessThan(25_000_000);
  });

  // Only root can become another user.
  if (process.getuid?.() === 0)
    await test.step('another user of the computer is refused', async () => {
      // All folders above are open, so the refusal comes from this folder.
      for (const folder of [desktop.root, desktop.folder, perch.dataFolder]) chmodSync(folder, 0o755);
      const open = asUser(65_534, perch.dataFolder, ['list']);
      expect(open).toMatchObject({ status: 5, stderr: expect.stringContaining('another user') });
      expect(asUser(0, perch.dataFolder, ['list'])).toMatchObject({ status: 0 });
      // Knowing the socket's name does not help either.
      const knock = `require('net').connect('${remoteFolder(perch.dataFolder)}/perch.sock')
      .on('connect', () => process.exit(0)).on('error', ({ code }) => { console.log(code); process.exit(1); })`;
      const words = ['--reuid=65534', '--regid=65534', '--clear-groups', process.execPath, '-e', knock];
      expect(spawnSync('setpriv', words, { encoding: 'utf8', cwd: '/' }).stdout).toBe('EACCES\n');
    });

  await test.step('the command line starts a missing Perch without a window, and only if allowed', async () => {
    await perch.quit();
    expect(existsSync(addressFile(perch.dataFolder))).toBe(false);

    const refused = await cli.run(['list', '--no-start']);
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('not running') });
    const display = new CommandLine({ ...desktop.env, DISPLAY: ':9999' }, perch.dataFolder);
    expect((await display.run(['list'])).code).toBe(3);

    // Files left behind by a killed Perch.
    mkdirSync(remoteFolder(perch.dataFolder), { recursive: true });
    writeFileSync(addressFile(perch.dataFolder), `${remoteFolder(perch.dataFolder)}/perch.sock`);
    const listed = await cli.run(['list']);
    try {
      expect(listed.code).toBe(0);
      // The command waits some seconds for the first states; on a busy machine they come later.
      await expect
        .poll(async () => (await cli.run(['list', '--no-start'])).out, { timeout: 60_000 })
        .toMatch(/^Survival +running/m);
      const tray = await within(40_000, 'the tray', async () => {
        const menu = await desktop.trayMenu();
        return menu.some(({ label }) => label.includes('Survival')) ? menu : undefined;
      });
      expect(tray.length).toBeGreaterThan(0);
    } finally {
      // The lock names the process, as `host-1234`.
      const pid = Number(/\d+$/.exec(readlinkSync(`${perch.dataFolder}/SingletonLock`))?.[0]);
      process.kill(pid, 'SIGTERM');
      await expect.poll(() => existsSync(addressFile(perch.dataFolder))).toBe(false);
    }
  });
});

test('a missing permission and an unreachable panel have their own exit codes, in the language of Perch', async ({
  desktop,
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
  await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  const cli = new CommandLine(desktop.env, perch.dataFolder);
  const forbidden = await cli.run(['restart', 'Survival', '--json']);
  expect(forbidden.code).toBe(5);
  expect(JSON.parse(forbidden.err)).toMatchObject({
    error: { cause: 'refused', message: expect.stringContaining('control.restart') },
  });

  await sandbox.stop();
  await page.getByRole('button', { name: 'Settings' }).click();
  await choose(page.getByTestId('language'), 'de');
  const away = await within(60_000, 'a panel that is away', async () => {
    const sent = await cli.run(['send', 'Survival', 'list', '--yes']);
    return sent.code === 9 ? sent : undefined;
  });
  expect(away.err).toMatch(/Panel|Node/);
  const bad = await within(60_000, 'a check that fails', async () => {
    const doctor = await cli.run(['doctor']);
    return doctor.code === 1 ? doctor : undefined;
  });
  expect(bad.out).toContain('schlecht');
  expect(bad.err).toContain('Prüfung');
});

test('a command line that fails early gives the reason', () => {
  const script = `
    const ending = new Int32Array(new SharedArrayBuffer(8));
    const data = { words: null, version: '0', dataFolder: '/nowhere', launch: null, ending };
    new (require('worker_threads').Worker)('./out/main/client.cjs', { workerData: data });
    Atomics.wait(ending, 0, 0); Atomics.wait(ending, 0, 1); process.exit(ending[1]);`;
  const ended = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    cwd: resolve(import.meta.dirname, '../..'),
  });
  expect(ended).toMatchObject({ status: 1, stderr: expect.stringMatching(/^TypeError: .+\n$/) });
});

/**
 * Runs the command line as another user, on plain Node, because only the owner can read Electron's files. The folder's
 * owner is not checked.
 */
function asUser(uid: number, dataFolder: string, words: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'perch-client-'));
  cpSync(resolve(import.meta.dirname, '../../out/main'), folder, { recursive: true });
  chmodSync(folder, 0o755);
  const script = `
    const ending = new Int32Array(new SharedArrayBuffer(8));
    const data = ${JSON.stringify({ words, version: '0', dataFolder, refused: null, launch: null })};
    new (require('worker_threads').Worker)('${folder}/client.cjs', { workerData: { ...data, ending } });
    Atomics.wait(ending, 0, 0); Atomics.wait(ending, 0, 1); process.exit(ending[1]);`;
  const user = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', process.execPath, '-e', script];
  const ended = spawnSync('setpriv', user, { encoding: 'utf8', cwd: '/' });
  rmSync(folder, { recursive: true });
  return ended;
}
