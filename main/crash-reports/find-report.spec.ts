import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import type { Game } from '../../bridge/panel/games.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { findReport } from './find-report.js';
import { kindOfPath, placesOf } from './report-files.js';

const file = (name: string, modifiedAt: number, more: Partial<ServerFile> = {}): ServerFile => ({
  name,
  kind: 'file',
  bytes: 100,
  mode: '644',
  mime: 'text/plain',
  createdAt: modifiedAt,
  modifiedAt,
  ...more,
});
const folder = (name: string, modifiedAt: number) => file(name, modifiedAt, { kind: 'folder' });

function rig(folders: Readonly<Record<string, readonly ServerFile[]>>, game: Game = 'minecraft') {
  const asked: string[] = [];
  const list = (path: string): Promise<readonly ServerFile[]> => {
    asked.push(path);
    const found = folders[path];
    return found === undefined
      ? Promise.reject(new PerchError(aProblem('conflict')))
      : Promise.resolve(found);
  };
  const find = (since: number, takesLog = false, mostGrown = 4 * 2 ** 20) =>
    findReport({ list }, { places: placesOf(game), since, takesLog, mostGrown });
  return { asked, find };
}

describe('findReport', () => {
  it('finds the newest report of all places', async () => {
    const { find } = rig({
      '/': [folder('crash-reports', 30), file('hs_err_pid7.log', 20), file('notes.txt', 99)],
      '/crash-reports': [file('crash-a.txt', 10), file('crash-b.txt', 30), file('other.txt', 99)],
    });
    expect(await find(0)).toEqual({ path: '/crash-reports/crash-b.txt', at: 30, kind: 'report', bytes: 100 });
  });

  it('finds the report of Java at the root', async () => {
    const { find } = rig({ '/': [file('hs_err_pid7.log', 20)] });
    expect(await find(20)).toEqual({ path: '/hs_err_pid7.log', at: 20, kind: 'report', bytes: 100 });
  });

  it('asks for no folder that has not changed since, and takes no older report', async () => {
    const { asked, find } = rig({
      '/': [folder('crash-reports', 10), file('hs_err_pid7.log', 9)],
      '/crash-reports': [file('crash-a.txt', 10)],
    });
    expect(await find(11)).toBeNull();
    expect(asked).toEqual(['/']);
  });

  it('takes no folder, link or large file', async () => {
    const { find } = rig({
      '/': [
        file('hs_err_pid1.log', 20, { kind: 'link' }),
        folder('hs_err_pid2.log', 20),
        file('hs_err_pid3.log', 20, { bytes: 2 ** 20 + 1 }),
        file('crash-reports', 20),
      ],
    });
    expect(await find(0)).toBeNull();
  });

  it('takes a debug.log that has grown with each crash, up to the wanted size', async () => {
    const { find } = rig({ '/': [file('debug.log', 20, { bytes: 4 * 2 ** 20 })] }, 'source');
    expect(await find(0)).toMatchObject({ path: '/debug.log' });
    const larger = rig({ '/': [file('debug.log', 20, { bytes: 4 * 2 ** 20 + 1 })] }, 'source');
    expect(await larger.find(0)).toBeNull();
    expect(await larger.find(0, false, Infinity)).toMatchObject({ bytes: 4 * 2 ** 20 + 1 });
  });

  it('takes the log only if there is no report, and only if it is wanted', async () => {
    const logs = { '/': [folder('logs', 1)], '/logs': [file('latest.log', 30)] };
    expect(await rig(logs).find(20)).toBeNull();
    expect(await rig(logs).find(20, true)).toEqual({
      path: '/logs/latest.log',
      at: 30,
      kind: 'log',
      bytes: 100,
    });
    expect(await rig({ '/': [...logs['/'], file('hs_err_pid1.log', 20)] }).find(20, true)).toMatchObject({
      path: '/hs_err_pid1.log',
    });
  });

  it('requests no report of games without reports', async () => {
    const asked: string[] = [];
    const list = (path: string) => Promise.resolve([file(path, 1)]).finally(() => asked.push(path));
    const wanted = { places: placesOf('voice'), since: 0, takesLog: true, mostGrown: 0 };
    expect(await findReport({ list }, wanted)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('finds the newest crash of Unreal in its own folder, with few lists', async () => {
    const crashes = '/Pal/Saved/Crashes';
    const of = (at: number) => `UECC-Linux-${at}_0000`;
    const context = file('CrashContext.runtime-xml', 30);
    const { find, asked } = rig(
      {
        '/': [folder('Pal', 1)],
        [crashes]: Array.from({ length: 500 }, (_, at) => folder(of(at), at)),
        [`${crashes}/${of(499)}`]: [context, file('Pal.log', 40), file('UEMinidump.dmp', 50)],
        [`${crashes}/${of(498)}`]: [file('CrashContext.runtime-xml', 20)],
        [`${crashes}/${of(497)}`]: [],
      },
      'palworld',
    );
    expect(await find(0)).toEqual({
      path: `${crashes}/${of(499)}/CrashContext.runtime-xml`,
      at: 30,
      kind: 'report',
      bytes: 100,
    });
    expect(asked).toHaveLength(5);
    const path = `${crashes}/UECC-1/UEMinidump.dmp`;
    expect(kindOfPath(path, placesOf('palworld'))).toBe('dump');
  });

  it('takes a missing folder of crashes for no report, and looks into no old one', async () => {
    expect(await rig({ '/': [folder('Pal', 1)] }, 'palworld').find(0, true)).toBeNull();
    const crashes = '/Pal/Saved/Crashes';
    const old = rig({ '/': [folder('Pal', 1)], [crashes]: [folder('UECC-1', 5)] }, 'palworld');
    expect(await old.find(6)).toBeNull();
    expect(old.asked).toEqual(['/', crashes]);
  });

  it('a root that can’t be listed is no answer', async () => {
    await expect(rig({}, 'palworld').find(0)).rejects.toThrow();
  });

  it('names a dump of any size if no report is readable', async () => {
    const dump = file('crash_20261129.mdmp', 20, { bytes: 2 ** 26 });
    const root = [dump, file('debug.log', 10)];
    expect(await rig({ '/': root }, 'source').find(0)).toMatchObject({ path: '/debug.log', kind: 'report' });
    expect(await rig({ '/': root }, 'source').find(15)).toMatchObject({
      path: '/crash_20261129.mdmp',
      kind: 'dump',
    });
  });

  it('finds the folder of a crash of Unity at the root', async () => {
    const root = [folder('Crash_2026-11-28', 10), folder('Crash_2026-11-29', 20)];
    const { find } = rig({ '/': root, '/Crash_2026-11-29': [file('error.log', 20)] }, 'rust');
    expect(await find(15)).toMatchObject({ path: '/Crash_2026-11-29/error.log', kind: 'report' });
    expect(kindOfPath('/Crash_2026-11-29/error.log', placesOf('rust'))).toBe('report');
    expect(kindOfPath('/BepInEx/LogOutput.log', placesOf('valheim'))).toBe('log');
  });
});
