import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveConsole } from './chosen-files.js';
import { saying } from '../../../tests/support/spoken-problem.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-save-'))));
afterEach(() => removeFolder(folder));

function asking(filePath: string, canceled = false) {
  return { showSaveDialog: vi.fn(() => Promise.resolve({ canceled, filePath })) };
}

describe('saveConsole', () => {
  it('writes the text to the chosen file', async () => {
    const path = join(folder, 'a.log');
    const dialog = asking(path);
    expect(await saveConsole({ dialog, folder, now: () => 0 }, { name: 'Survival' }, 'one\ntwo ü\n')).toBe(
      path,
    );
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo ü\n');
  });

  it('lets the dialog ask before it replaces a file, which GTK does only if told to', async () => {
    const dialog = asking(join(folder, 'a.log'));
    await saveConsole({ dialog, folder, now: () => 0 }, { name: 'Survival' }, 'one\n');
    expect(dialog.showSaveDialog).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        properties: expect.arrayContaining(['showOverwriteConfirmation']) as unknown,
      }),
    );
  });

  it('writes no file without a chosen path', async () => {
    expect(
      await saveConsole({ dialog: asking('', true), folder, now: () => 0 }, { name: 'x' }, 'y'),
    ).toBeNull();
  });

  it('names a file that cannot be written', async () => {
    const path = join(folder, 'no', 'such', 'a.log');
    await expect(
      saveConsole({ dialog: asking(path), folder, now: () => 0 }, { name: 'x' }, 'y'),
    ).rejects.toMatchObject({
      problem: { code: 'internal', message: saying(`Perch could not write ${path}.`) },
    });
  });
});
