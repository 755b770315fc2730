import type { EditedRecord } from '../../bridge/schema/edited-files.js';
import type { CopyContent } from './edited-disk.js';
import { versionOf } from './text-format.js';

/** Whether a local copy has changes that the server lacks. `content` null = the copy is missing. */
export function isPendingCopy({ version }: EditedRecord, content: CopyContent | null): boolean {
  return content !== null && (content === 'too-large' || versionOf(content) !== version);
}
