import { describe, expect, it } from 'vitest';
import type { ServerFile } from '../../bridge/schema/files.js';
import { findReport } from './find-report.js';
import { placesOf } from './report-files.js';

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

function rig(folders: Readonly<Record<string, readonly ServerFile[]>>) {
  const asked: string[] = [];
  const list = (path: string): Promise<readonly ServerFile[]> => {
    asked.push(path);
    return Promise.resolve(folders[path] ?? []);
  };
  const find = (since: number, takesLog = false) =>
    findReport({ list }, { places: placesOf('minecraft'), since, takesLog });
  return { asked, find };
}

describe('findReport', () => {
  it('finds the newest report of all places', async () => {
    const { find } = rig({
      '/': [folder('crash-reports', 30), file('hs_err_pid7.log', 20), file('notes.txt', 99)],
      '/crash-reports': [file('crash-a.txt', 10), file('crash-b.txt', 30), file('other.txt', 99)],
    });
    expect(await find(0)).toEqual({ path: '/crash-reports/crash-b.txt', at: 30, isLog: false });
  });

  it('finds the report of Java at the root', async () => {
    const { find } = rig({ '/': [file('hs_err_pid7.log', 20)] });
    expect(await find(20)).toEqual({ path: '/hs_err_pid7.log', at: 20, isLog: false });
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

  it('takes the log only if there is no report, and only if it is wanted', async () => {
    const logs = { '/': [folder('logs', 1)], '/logs': [file('latest.log', 30)] };
    expect(await rig(logs).find(20)).toBeNull();
    expect(await rig(logs).find(20, true)).toEqual({ path: '/logs/latest.log', at: 30, isLog: true });
    expect(await rig({ '/': [...logs['/'], file('hs_err_pid1.log', 20)] }).find(20, true)).toMatchObject({
      path: '/hs_err_pid1.log',
    });
  });

  it('asks for nothing of games without reports', async () => {
    const asked: string[] = [];
    const list = (path: string) => Promise.resolve([file(path, 1)]).finally(() => asked.push(path));
    expect(await findReport({ list }, { places: placesOf('valheim'), since: 0, takesLog: true })).toBeNull();
    expect(asked).toEqual([]);
  });
});
