/** Crash reports through main, from a panel and a node with real files. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemClock as clock } from '../base/clock.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { aBackupPerch } from '../../tests/support/backup-perch.js';
import { eventually } from '../../tests/support/backup-stage.js';

const report = [
  '---- Minecraft Crash Report ----',
  'Description: Initializing game',
  '',
  "java.lang.RuntimeException: Could not execute entrypoint stage 'main' due to errors, provided by 'owls'!",
  '\tat net.owls.Owls.start(Owls.java:7) ~[owls-2.0.jar:?]',
  '',
  '-- System Details --',
].join('\n');

describe.each(Object.keys(dialects))('crash reports of %s', (dialect) => {
  let it: Awaited<ReturnType<typeof aBackupPerch>>;
  const id = (): string => it.named('Survival')?.id ?? '';
  const row = () => it.named('Survival');
  const patch = (fields: object): void =>
    it.store.apply([{ kind: 'server-patched', serverId: id(), patch: fields }]);

  beforeAll(async () => {
    it = await aBackupPerch(dialect);
    await it.connect('owner');
    await eventually(row, (server) => server?.power === 'offline' || server?.power === 'running');
  });
  afterAll(() => it.stop());
  beforeEach(() => it.stage.clear());

  test('one that the server wrote is on its row after a crash, with the cause that it names', async () => {
    it.stage.write('crash-reports/crash-1-server.txt', report);
    it.stage.write('crash-reports/notes.txt', 'notes');
    patch({ power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false } });
    const server = await eventually(row, (now) => now?.fixIt?.report !== undefined);
    expect(server?.fixIt).toMatchObject({
      kind: 'mod-load',
      about: 'owls',
      report: {
        path: '/crash-reports/crash-1-server.txt',
        description: 'Initializing game',
        suspect: 'owls-2.0.jar',
      },
    });
  });

  test('the newest one opens at its cause', async () => {
    patch({ fixIt: null });
    it.stage.write('hs_err_pid1.log', '# A fatal error has been detected by the Java Runtime Environment:');
    const { report: found, lines, causeLine } = await it.crashReports.open(id());
    expect([found.path, causeLine, lines]).toEqual([
      '/hs_err_pid1.log',
      0,
      ['# A fatal error has been detected by the Java Runtime Environment:'],
    ]);
  });

  test('an empty folder has none', async () => {
    patch({ fixIt: null });
    await expect(it.crashReports.open(id())).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });

  test('one of Unreal opens from the folder of its crash; a missing folder of crashes has none', async () => {
    patch({ fixIt: null, game: 'palworld' });
    it.stage.write('Pal/Content/x.pak', 'x');
    await expect(it.crashReports.open(id())).rejects.toMatchObject({ problem: { code: 'not-found' } });
    const path = 'Pal/Saved/Crashes/UECC-Linux-1_0000/CrashContext.runtime-xml';
    it.stage.write(path, '<CrashType>Crash</CrashType>\n<ErrorMessage>Fatal &lt;error&gt;</ErrorMessage>\n');
    const { report: found, lines, causeLine } = await it.crashReports.open(id());
    expect(found).toMatchObject({ path: `/${path}`, description: 'Fatal <error>' });
    expect(lines[causeLine ?? -1]).toBe('<ErrorMessage>Fatal <error></ErrorMessage>');
  });
});
