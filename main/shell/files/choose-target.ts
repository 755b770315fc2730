import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileFilter } from 'electron';
import { say } from '../../../messages/messages.js';
import { saveProperties, type SaveFileDeps } from './save-file.js';

/** A place that a person chose for a file. */
export interface ChosenTarget {
  readonly folder: string;
  readonly file: string;
  readonly ifTaken: 'number' | 'replace';
}

/**
 * Asks where a file that comes later shall go; null = cancelled. `replace` = the dialog asked about the file that has
 * this name now, and the person agreed.
 */
export async function chooseTarget(
  { dialog, folder }: Pick<SaveFileDeps, 'dialog' | 'folder'>,
  { title, name, filter = null }: { title: string; name: string; filter?: FileFilter | null },
): Promise<ChosenTarget | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title,
    defaultPath: join(folder, name),
    filters: [...(filter === null ? [] : [filter]), { name: say('desktop.all-files'), extensions: ['*'] }],
    properties: [...saveProperties],
  });
  if (canceled || filePath === '') return null;
  const isThere = await lstat(filePath).then(
    () => true,
    () => false,
  );
  return { folder: dirname(filePath), file: basename(filePath), ifTaken: isThere ? 'replace' : 'number' };
}
