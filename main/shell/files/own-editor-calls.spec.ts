import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownEditorCalls } from './own-editor-calls.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

const file = { serverId: 'home/u1', path: '/start.sh' };
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-program-'))));
afterEach(() => removeFolder(folder));

function setUp({ ownEditor = null as string | null, failure = '', isNew = true, chosen = '' } = {}) {
  const done: unknown[] = [];
  const settings = { current: { ownEditor } };
  const calls = (platform: NodeJS.Platform = 'linux') =>
    ownEditorCalls({
      dialog: {
        showOpenDialog: () =>
          Promise.resolve({ canceled: chosen === '', filePaths: chosen === '' ? [] : [chosen] }),
      },
      platform,
      settings: {
        ...settings,
        update: (patch) => {
          done.push(patch);
          return Promise.resolve();
        },
      },
      ownEditor: {
        fetch: (_file, { isGiven }) => {
          done.push({ isGiven });
          return Promise.resolve({ path: '/edited/a/start.sh', isNew });
        },
        stopEditing: (_file, how) => {
          done.push(how);
          return Promise.resolve();
        },
      },
      openFile: (path, program) => {
        done.push([path, program]);
        return Promise.resolve(failure);
      },
    });
  return { calls, done };
}

describe('ownEditor.open', () => {
  it('opens the copy in the system’s program, or in the program that the user chose', async () => {
    const system = setUp();
    await system.calls()['ownEditor.open'](file);
    expect(system.done).toEqual([{ isGiven: false }, ['/edited/a/start.sh', null]]);
    const own = setUp({ ownEditor: '/usr/bin/code' });
    await own.calls()['ownEditor.open'](file);
    expect(own.done).toEqual([{ isGiven: true }, ['/edited/a/start.sh', '/usr/bin/code']]);
  });

  it('ends the editing if no program opened a new copy, and keeps an earlier one', async () => {
    const refused = { problem: { message: { id: 'own-editor.not-started' } } };
    const fresh = setUp({ failure: 'ENOENT' });
    await expect(fresh.calls()['ownEditor.open'](file)).rejects.toMatchObject(refused);
    expect(fresh.done.at(-1)).toEqual({ discards: false });
    const earlier = setUp({ failure: 'ENOENT', isNew: false });
    await expect(earlier.calls()['ownEditor.open'](file)).rejects.toMatchObject(refused);
    expect(earlier.done).toHaveLength(2);
  });
});

describe('ownEditor.chooseProgram', () => {
  it('keeps a program, and none after a cancelled dialog', async () => {
    const program = join(folder, 'editor');
    writeFileSync(program, '');
    chmodSync(program, 0o755);
    const { calls, done } = setUp({ chosen: program });
    await calls()['ownEditor.chooseProgram']();
    await calls()['ownEditor.forgetProgram']();
    expect(done).toEqual([{ ownEditor: program }, { ownEditor: null }]);
    const cancelled = setUp();
    await cancelled.calls()['ownEditor.chooseProgram']();
    expect(cancelled.done).toEqual([]);
  });

  it.each([
    ['linux', 'notes.txt', false],
    ['linux', '', false],
    ['win32', 'editor.exe', true],
    ['win32', 'editor.bat', false],
    ['darwin', 'Editor.app', true],
  ] as const)('judges a program of %s: %j', async (platform, name, isProgram) => {
    const path = join(folder, name);
    if (name !== '') writeFileSync(path, '', { mode: 0o644 });
    const { calls, done } = setUp({ chosen: path });
    const choosing = calls(platform)['ownEditor.chooseProgram']();
    if (isProgram) await choosing;
    else await expect(choosing).rejects.toMatchObject({ problem: { code: 'invalid' } });
    expect(done).toHaveLength(isProgram ? 1 : 0);
  });
});
