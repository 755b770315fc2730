import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { newProblem } from '../../bridge/errors.js';
import { say, sentence } from '../../messages/messages.js';
import { freeBytes, wouldBeFull } from '../archives/free-bytes.js';
import { localName } from '../archives/local-names.js';
import type { LocalTree } from './sftp-folder-download.js';
import { broke, diskFailure } from './transfer-failures.js';

/** Most files of one folder that would have the same name on this computer. */
const mostNumbers = 999;
/** Bytes that are written together. */
const batchBytes = 262_144;

/**
 * Folders and files that get names which this computer takes. A name that is taken gets a number, such as on a disk that
 * does not tell capital letters apart. `top` = the folder of the download, for messages.
 */
export function localTree(top: string, isWindows: boolean): LocalTree {
  const created = async <T>(
    folder: string,
    name: string,
    create: (path: string) => Promise<T>,
  ): Promise<T> => {
    const other = say('transfers.other-file');
    for (let number = 1; number <= mostNumbers; number++) {
      try {
        return await create(join(folder, localName(name, { number, other, isWindows })));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue;
        throw diskFailure(error, top);
      }
    }
    throw broke(
      'person',
      newProblem('protocol', sentence('transfers.too-many-inside', { most: mostNumbers })),
    );
  };
  return {
    room: async () => {
      const free = await freeBytes(top).catch((error: unknown) => {
        throw diskFailure(error, top);
      });
      return (bytes) => {
        if (bytes > free) throw diskFailure(wouldBeFull(), top);
      };
    },
    makeFolder: (above, name) => created(above, name, async (path) => mkdir(path).then(() => path)),
    create: async (folder, name) => {
      const file = await created(folder, name, (path) => open(path, 'wx'));
      let waiting: Uint8Array[] = [];
      let bytes = 0;
      const flush = async (): Promise<void> => {
        const batch = waiting;
        [waiting, bytes] = [[], 0];
        await file.writeFile(Buffer.concat(batch)).catch((error: unknown) => {
          throw diskFailure(error, top);
        });
      };
      return {
        write: async (part) => {
          waiting.push(part);
          bytes += part.length;
          if (bytes >= batchBytes) await flush();
        },
        close: async () => {
          try {
            if (bytes > 0) await flush();
          } finally {
            await file.close();
          }
        },
      };
    },
  };
}
