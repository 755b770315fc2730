/**
 * Finds the new lines in a console history.
 * History comes as ordinary console lines without an end mark, mixed with live lines, and repeats lines from before a
 * reconnect (PROTOCOL 4.4, 4.12). The functions are pure.
 */
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import { cutText } from './cut-text.js';

export type Arrived = Omit<ConsoleLine, 'seq'>;

/** A run of this many equal lines marks the same place in the log. */
const sureRun = 3;
const longestRun = 20;
/** Most live lines expected before the history. */
const mostEarly = 50;
/** Gap in ms that separates live lines from the history, which comes in one burst. */
const burstGapMs = 2;
/** Longer lines are compared by this many characters and their length. */
const comparedCharacters = 256;

/**
 * The form in which lines are compared. Live lines have no blank lines and use CR LF where history has a space and CR.
 */
export function comparable(text: string): string {
  const start = cutText(text, comparedCharacters).replaceAll(' \r', '\r\n');
  return text.length > comparedCharacters ? `${start}…${text.length}` : start;
}

/**
 * Removes repeated lines from console output: history that was shown before, and live lines that the history contains.
 * `arrived` holds the lines since the history was requested. `shown` holds the comparable lines shown before, oldest
 * first. Lines of other sources than `history` always stay.
 */
export function withoutRepeats(arrived: readonly Arrived[], shown: readonly string[]): Arrived[] {
  const all = arrived
    .map((line, index) => ({
      index,
      at: line.at,
      key: comparable(line.text),
      isProcess: line.source === 'history',
    }))
    .filter((line) => line.isProcess && line.key !== '');
  const early = countEarly(all);
  const rest = all.slice(early);
  const seen = countSeen(
    rest.map((line) => line.key),
    shown,
  );
  const dropped = new Set(all.slice(0, early).map((line) => line.index));
  const lastSeen = seen === 0 ? -1 : (rest[seen - 1]?.index ?? -1);
  return arrived.filter((line, index) =>
    line.source === 'history' ? index > lastSeen && !dropped.has(index) : true,
  );
}

/** Number of live lines before the burst that the history repeats. */
function countEarly(lines: readonly { at: number; key: string }[]): number {
  const keys = lines.map((line) => line.key);
  for (let count = Math.min(mostEarly, keys.length >> 1); count > 0; count--) {
    const [last, next] = [lines[count - 1], lines[count]];
    if (last === undefined || next === undefined || next.at - last.at < burstGapMs) continue;
    if (lastRun(keys, keys.slice(0, count), count) !== -1) return count;
  }
  return 0;
}

/** Number of lines at the start of the history that were shown before. */
function countSeen(history: readonly string[], shown: readonly string[]): number {
  for (let length = Math.min(longestRun, shown.length, history.length); length > 0; length--) {
    const tail = shown.slice(-length);
    const at = lastRun(history, tail, 0);
    if (at === -1) continue;
    // A short run may match by chance. It counts only at the start of the history, or if it is all that was shown.
    const isSure = length >= sureRun || length === shown.length || startsWith(history, tail);
    if (!isSure) continue;
    return length >= sureRun || length === shown.length ? at + length : length;
  }
  return 0;
}

/** Index of the last occurrence of `run` in `lines`, at or after `from`; -1 if there is none. */
function lastRun(lines: readonly string[], run: readonly string[], from: number): number {
  for (let at = lines.length - run.length; at >= from; at--) {
    if (run.every((line, offset) => lines[at + offset] === line)) return at;
  }
  return -1;
}

function startsWith(lines: readonly string[], run: readonly string[]): boolean {
  return run.every((line, offset) => lines[offset] === line);
}
