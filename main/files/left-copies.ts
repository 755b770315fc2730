/** Sorts the local copies of earlier runs when Perch starts. */
import type { EditedRecord } from '../../bridge/schema/edited-files.js';
import type { Clock } from '../base/ports.js';
import type { EditedDisk } from './edited-disk.js';
import { isPendingCopy } from './pending-copy.js';

export interface LeftCopiesDeps {
  readonly clock: Clock;
  readonly disk: Pick<EditedDisk, 'read' | 'hasOthers'>;
  /** Wall-clock time at which this computer started. */
  readonly startedAt: () => number;
}

/** Copies without changes are removed this long after the last opening or upload, at the earliest. In ms. */
const forgottenAfterMs = 86_400_000;

/**
 * `left` = the copy has changes that the server lacks. `over` = nobody needs the copy any more. A program that still
 * has the copy open would save to a folder that nobody watches, so a copy stays until the computer is started again.
 * A copy also stays while files of a program are beside it, because they may hold unsaved text.
 */
export async function fateOfCopy(
  record: EditedRecord,
  { clock, disk, startedAt }: LeftCopiesDeps,
): Promise<'left' | 'same' | 'over'> {
  const content = await disk.read(record).catch(() => undefined);
  if (content === undefined || isPendingCopy(record, content)) return 'left';
  if (await disk.hasOthers(record).catch(() => true)) return 'same';
  const isOpen = record.at >= startedAt() || clock.wall() - record.at <= forgottenAfterMs;
  return content !== null && isOpen ? 'same' : 'over';
}
