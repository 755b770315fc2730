import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileName, saveConsole } from './save-console.js';
import { saying } from '../../tests/support/spoken-problem.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-save-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function asking(filePath: string, canceled = false) {
  return { showSaveDialog: vi.fn(() => Promise.resolve({ canceled, filePath })) };
}

describe('saveConsole', () => {
  it('writes what is shown to where the person wants it', async () => {
    const path = join(folder, 'a.log');
    const dialog = asking(path);
    expect(await saveConsole({ dialog, folder, now: () => 0 }, { name: 'Survival' }, 'one\ntwo ü\n')).toBe(
      path,
    );
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo ü\n');
  });

  it('writes nothing where none was chosen', async () => {
    expect(
      await saveConsole({ dialog: asking('', true), folder, now: () => 0 }, { name: 'x' }, 'y'),
    ).toBeNull();
  });

  it('says where it could not write', async () => {
    const path = join(folder, 'no', 'such', 'a.log');
    await expect(
      saveConsole({ dialog: asking(path), folder, now: () => 0 }, { name: 'x' }, 'y'),
    ).rejects.toMatchObject({
      problem: { code: 'internal', message: saying(`Perch could not write ${path}.`) },
    });
  });
});

describe('fileName', () => {
  const now = new Date(2026, 10, 24, 18, 5).getTime();

  it('names server and time', () => {
    expect(fileName('Survival', now)).toBe('Survival 2026-11-24 18-05.log');
  });

  it.each(['../../etc/passwd', 'C:\\x', 'a\nb', '...', '', 'a/b:c*?"<>|', '\u202egpj.exe'])(
    'stays one name in one folder: %j',
    (name) => {
      const made = fileName(name, now);
      expect(basename(made)).toBe(made);
      // eslint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(made).not.toMatch(/[\\/:*?"<>|\u0000-\u001f\u202e]|^\./);
      expect(made).toMatch(/2026-11-24 18-05\.log$/);
    },
  );
});
