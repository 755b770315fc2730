import type { Dialog, FileFilter } from 'electron';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { say, sentence } from '../../../messages/messages.js';
import { safeFileName } from '../../base/safe-file-name.js';

/** Without the first property the dialog of GTK replaces a file unasked. */
export const saveProperties = ['showOverwriteConfirmation', 'createDirectory'] as const;

export interface SaveFileDeps {
  dialog: Pick<Dialog, 'showSaveDialog'>;
  /** Folder that the dialog shows first. */
  folder: string;
  /** Wall-clock time, in ms since the epoch. */
  now: () => number;
}

export interface FileToSave {
  /** Title of the dialog. */
  readonly title: string;
  /** File name that the dialog suggests. */
  readonly name: string;
  readonly filter: FileFilter;
  readonly content: string | Buffer;
}

/**
 * Saves content to a file that the user chooses. Returns the path; null = cancelled. Throws `PerchError` if writing
 * fails.
 */
export async function saveFile(
  { dialog, folder }: SaveFileDeps,
  { title, name, filter, content }: FileToSave,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title,
    defaultPath: join(folder, name),
    filters: [filter, { name: say('desktop.all-files'), extensions: ['*'] }],
    properties: [...saveProperties],
  });
  if (canceled || filePath === '') return null;
  try {
    await writeFileAtomic(filePath, content);
  } catch (error) {
    throw new PerchError(newProblem('internal', sentence('desktop.not-written', { file: filePath })), {
      cause: error,
    });
  }
  return filePath;
}

/**
 * File name such as `Survival 2026-11-24 18-05.log`, without characters that file systems reject. `other` replaces a
 * name without usable characters.
 */
export function fileName(
  name: string,
  now: number,
  { ending, other }: { ending: string; other: string },
): string {
  const at = new Date(now);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${day} ${two(at.getHours())}-${two(at.getMinutes())}`;
  return safeFileName(oneLine(name, 60), { ending: ` ${time}.${ending}`, other });
}
