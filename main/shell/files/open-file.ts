import { constants, open } from 'node:fs/promises';
import type { Dialog, FileFilter } from 'electron';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { say, sentence } from '../../../messages/messages.js';

export interface OpenFileDeps {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  /** Folder that the dialog shows first. */
  readonly folder: string;
}

/**
 * Reads a text file that the user chooses; null = cancelled. Throws `invalid` if it is larger than `mostBytes` or
 * unreadable.
 */
export async function openFile(
  { dialog, folder }: OpenFileDeps,
  { title, filter, mostBytes }: { title: string; filter: FileFilter; mostBytes: number },
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    title,
    defaultPath: folder,
    properties: ['openFile'],
    filters: [filter, { name: say('desktop.all-files'), extensions: ['*'] }],
  });
  const [path] = filePaths;
  if (canceled || path === undefined) return null;
  const bytes = await bytesOf(path, mostBytes).catch((error: unknown) => {
    throw refused('desktop.not-read', error);
  });
  if (bytes.length > mostBytes) throw refused('desktop.too-large');
  // Some editors on Windows write a byte order mark at the beginning.
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/**
 * The file's first bytes, up to one more than `mostBytes`: the extra byte shows that the file is too large, even for
 * an endless file.
 *
 * Opening a named pipe would wait for a writer and block a thread of Node, so the file is opened without waiting.
 * Throws for anything but a file.
 */
async function bytesOf(path: string, mostBytes: number): Promise<Buffer> {
  // Windows has neither this flag nor pipes among files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) throw new Error('not a file');
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(mostBytes + 1), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function refused(message: 'desktop.not-read' | 'desktop.too-large', cause?: unknown): PerchError {
  return new PerchError(newProblem('invalid', sentence(message)), { cause });
}
