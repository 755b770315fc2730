/**
 * History comes as ordinary console lines without an end mark, mixed with live ones, and tells again what was shown
 * before a reconnect (PROTOCOL 4.4, 4.12). These pure functions find what is new.
 */
import type { ConsoleLine } from '../../bridge/schema/domain.js';
import { cutText } from './cut-text.js';

export type Arrived = Omit<ConsoleLine, 'seq'>;

/** A run of this many equal lines is taken for the same place in the log, wherever it is. */
const sureRun = 3;
const longestRun = 20;
/** More live lines than this in front of the history are not looked for. */
const mostEarly = 50;
/** History comes in one burst; what came this much before it was live. */
const burstGapMs = 2;
/** Of a longer line only this many characters and its length are remembered. */
const comparedCharacters = 256;

/** How lines are compared: live ones lack blank lines and have CR LF where history has a space and CR. */
export function comparable(text: string): string {
  const start = cutText(text, comparedCharacters).replaceAll(' \r', '\r\n');
  return text.length > comparedCharacters ? `${start}…${text.length}` : start;
}

/**
 * Takes what arrived since the history was asked for and the comparable lines already shown, oldest first. Answers
 * what is to be shown: without live lines that the history repeats, and without history that was shown before.
 * Lines that are not of the process (source other than `history`) always stay.
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

/** How many lines at the start were live: they came before the burst, and the history has them again. */
function countEarly(lines: readonly { at: number; key: string }[]): number {
  const keys = lines.map((line) => line.key);
  for (let count = Math.min(mostEarly, keys.length >> 1); count > 0; count--) {
    const [last, next] = [lines[count - 1], lines[count]];
    if (last === undefined || next === undefined || next.at - last.at < burstGapMs) continue;
    if (lastRun(keys, keys.slice(0, count), count) !== -1) return count;
  }
  return 0;
}

/** How many lines at the start of the history were shown already. */
function countSeen(history: readonly string[], shown: readonly string[]): number {
  for (let length = Math.min(longestRun, shown.length, history.length); length > 0; length--) {
    const tail = shown.slice(-length);
    const at = lastRun(history, tail, 0);
    if (at === -1) continue;
    // A short run only counts where it cannot be chance: at the start of the history, or when it is all that was shown.
    const isSure = length >= sureRun || length === shown.length || startsWith(history, tail);
    if (!isSure) continue;
    return length >= sureRun || length === shown.length ? at + length : length;
  }
  return 0;
}

/** Where `run` last occurs in `lines`, not before `from`; -1 where it does not. */
function lastRun(lines: readonly string[], run: readonly string[], from: number): number {
  for (let at = lines.length - run.length; at >= from; at--) {
    if (run.every((line, offset) => lines[at + offset] === line)) return at;
  }
  return -1;
}

function startsWith(lines: readonly string[], run: readonly string[]): boolean {
  return run.every((line, offset) => lines[offset] === line);
}
