import { PerchError, newProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import type { TakenFile } from '../../bridge/schema/taken-file.js';
import { sentence } from '../../messages/messages.js';
import type { LocalFile } from './local-files.js';

/** The file that an upload would replace under this path. Throws `conflict` for a folder, which no file replaces. */
export function takenBy(
  path: string,
  { kind, bytes, modifiedAt }: ServerFile,
  mine: Pick<LocalFile, 'bytes' | 'modifiedAt'>,
): TakenFile {
  if (kind === 'folder') {
    const name = oneLine(lastPart(path), 80);
    throw new PerchError(newProblem('conflict', sentence('uploads.is-folder', { name })));
  }
  return {
    path,
    there: { kind, bytes, modifiedAt },
    mine: { kind: 'file', bytes: mine.bytes, modifiedAt: mine.modifiedAt },
  };
}
