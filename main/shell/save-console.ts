import type { Dialog } from 'electron';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Server } from '../../bridge/domain.js';
import { PerchError } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/plain-line.js';
import { say, sentence } from '../../words/words.js';

export interface SaveConsoleDeps {
  dialog: Pick<Dialog, 'showSaveDialog'>;
  /** The folder that is offered. */
  folder: string;
  /** The time of day, as milliseconds since the epoch. */
  now: () => number;
}

/** Asks where to, and writes the text there; answers the path, or null where the person chose none. */
export async function saveConsole(
  { dialog, folder, now }: SaveConsoleDeps,
  server: Pick<Server, 'name'>,
  text: string,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: say('desktop.save-console'),
    defaultPath: join(folder, fileName(server.name, now())),
    filters: [
      { name: say('desktop.log-files'), extensions: ['log', 'txt'] },
      { name: say('desktop.all-files'), extensions: ['*'] },
    ],
  });
  if (canceled || filePath === '') return null;
  try {
    await writeFileAtomic(filePath, text);
  } catch (error) {
    throw new PerchError(
      {
        code: 'internal',
        message: sentence('desktop.not-written', { file: filePath }),
        next: sentence('desktop.not-written-next'),
      },
      { cause: error },
    );
  }
  return filePath;
}

/** `Survival 2026-11-24 18-05.log`, with nothing in it that a file system does not take. */
export function fileName(name: string, now: number): string {
  const plain = oneLine(name, 60)
    .replace(/[\\/:*?"<>|]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const at = new Date(now);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${plain === '' ? say('desktop.console-file') : plain} ${day} ${two(at.getHours())}-${two(at.getMinutes())}.log`;
}
