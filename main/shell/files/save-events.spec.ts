import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { saveEvents, savePeople } from './chosen-files.js';

it.each([
  ['csv', 'Events', saveEvents],
  ['json', 'Events', saveEvents],
  ['csv', 'People', savePeople],
] as const)(
  'the suggested name has the day, and the text is written as %s of %s',
  async (format, title, save) => {
    const folder = mkdtempSync(join(tmpdir(), 'perch-save-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const filePath = join(folder, 'chosen');
    const dialog = { showSaveDialog: vi.fn(() => Promise.resolve({ canceled: false, filePath })) };
    const now = (): number => new Date(2026, 10, 24, 18, 5).getTime();
    expect(await save({ dialog, folder, now }, format, 'ü\n')).toBe(filePath);
    expect(dialog.showSaveDialog).toHaveBeenCalledWith(
      expect.objectContaining({ defaultPath: join(folder, `${title} 2026-11-24 18-05.${format}`) }),
    );
    expect(readFileSync(filePath, 'utf8')).toBe('ü\n');
  },
);
