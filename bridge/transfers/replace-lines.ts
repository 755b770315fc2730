import { oneLine } from '../console/plain-line.js';
import type { TakenFile } from '../schema/taken-file.js';
import { bytes } from '../text/figures.js';
import { timeOrDay } from '../text/time-of-day.js';
import { say } from '../../messages/messages.js';

/** Most files that a question names. */
const mostNamed = 8;

/** Size and time of both files of each name that an upload would replace. `now` = wall-clock time. */
export function replaceLines(taken: readonly TakenFile[], now: number): string[] {
  const facts = (file: TakenFile['there']): string =>
    `${bytes(file.bytes)}, ${timeOrDay(file.modifiedAt, now)}`;
  const lines = taken.slice(0, mostNamed).map(({ path, there, mine }) =>
    say('uploads.replace-line', {
      file: oneLine(path, 100),
      there: facts(there),
      mine: mine === null ? '?' : facts(mine),
    }),
  );
  const more = taken.length - lines.length;
  return [...lines, ...(more > 0 ? [say('uploads.replace-more', { count: more })] : [])];
}
