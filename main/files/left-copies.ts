/** What a start of Perch does with the local copies of earlier runs. */
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
 * `left` = the copy has what the server was not given. `over` = nobody needs the copy any more: a program that still
 * had the copy open would save to a folder that nobody watches. So a copy stays until the computer was started anew,
 * and as long as files of a program are beside the copy: they may hold text that was never saved.
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
