import { constants, open } from 'node:fs/promises';
import type { Dialog, FileFilter } from 'electron';
import { PerchError } from '../../../bridge/errors.js';
import { say, sentence } from '../../../messages/messages.js';

export interface OpenFileDeps {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  /** The folder that is offered. */
  readonly folder: string;
}

/** Asks for a text file and answers what is in it; null where none was chosen. A larger one is not read. */
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
    throw refused('desktop.not-read', 'desktop.not-read-next', error);
  });
  if (bytes.length > mostBytes) throw refused('desktop.too-large', 'desktop.too-large-next');
  // Some editors of Windows put a mark in front, which says nothing.
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

/**
 * One byte more than is allowed tells that there are too many, also of a file that has no end. Opening a pipe waits for who
 * writes into it, for ever, and would hold a thread of Node: it is opened without waiting, then refused.
 */
async function bytesOf(path: string, mostBytes: number): Promise<Buffer> {
  // Windows has no such flag, and no pipes among files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    if (!(await file.stat()).isFile()) throw new Error('not a file');
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(mostBytes + 1), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function refused(
  message: 'desktop.not-read' | 'desktop.too-large',
  next: 'desktop.not-read-next' | 'desktop.too-large-next',
  cause?: unknown,
): PerchError {
  return new PerchError({ code: 'invalid', message: sentence(message), next: sentence(next) }, { cause });
}
