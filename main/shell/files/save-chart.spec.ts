import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saveChart } from './chosen-files.js';
import { removeFolder } from '../../../tests/support/remove-folder.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'perch-chart-'))));
afterEach(() => removeFolder(folder));

const now = (): number => new Date(2026, 10, 24, 18, 5).getTime();
const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

function asking(filePath: string) {
  return { showSaveDialog: vi.fn(() => Promise.resolve({ canceled: filePath === '', filePath })) };
}

describe('saveChart', () => {
  it('writes figures unchanged', async () => {
    const path = join(folder, 'a.csv');
    const dialog = asking(path);
    const saved = await saveChart(
      { dialog, folder, now },
      { name: 'Lobby' },
      { kind: 'csv', content: 'a\r\n' },
    );
    expect(saved).toBe(path);
    expect(readFileSync(path, 'utf8')).toBe('a\r\n');
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(
      expect.objectContaining({ defaultPath: join(folder, 'Lobby 2026-11-24 18-05.csv') }),
    );
  });

  it('writes a picture as its bytes', async () => {
    const path = join(folder, 'a.png');
    const content = picture.toString('base64');
    await saveChart({ dialog: asking(path), folder, now }, { name: '' }, { kind: 'png', content });
    expect(readFileSync(path)).toEqual(picture);
  });

  it('asks for no file if the content is no picture', async () => {
    const dialog = asking(join(folder, 'a.png'));
    const content = Buffer.from('MZ this is a program').toString('base64');
    await expect(
      saveChart({ dialog, folder, now }, { name: 'x' }, { kind: 'png', content }),
    ).rejects.toMatchObject({ problem: { code: 'internal' } });
    expect(dialog.showSaveDialog).not.toHaveBeenCalled();
  });

  it('writes no file without a chosen path', async () => {
    const dialog = asking('');
    expect(await saveChart({ dialog, folder, now }, { name: 'x' }, { kind: 'csv', content: '' })).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });
});
