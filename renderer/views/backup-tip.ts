import type { LastBackup } from '../../bridge/schema/domain.js';
import { bytes } from '../../bridge/text/figures.js';
import { momentOfDay } from '../../bridge/text/time-of-day.js';
import { say } from '../../messages/messages.js';

/** Tooltip of the newest good backup: time and size. `wall` = wall-clock time, ms since the epoch. */
export function backupTip({ at, bytes: size }: LastBackup, wall: number): string {
  return say('fleet.backup-tip', { time: momentOfDay(at, wall), size: bytes(size) });
}
