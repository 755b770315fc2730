/**
 * The time in front of each line. It stands in the terminal itself, so it is selected, searched and saved with its
 * line; what a line does (going back to its start, erasing itself) is moved to the right of it, so that no server can
 * write its own time over Perch's.
 */
import type { ConsoleLine } from '../../../bridge/schema/domain.js';

/** `HH:MM:SS` and a space. */
export const stampWidth = 9;

const escape = '\u001b';
/** Plain text, or one of the controls that `sanitizeConsoleText` lets through. */
// eslint-disable-next-line no-control-regex -- controls are what this is about.
const token = /\r|\u0008|\u001b\[([\d;:]*)([A-Za-z@])|[^\r\u0008\u001b]+|\u001b/g;

/** The time of a line in the person's time zone. When a line of the history was printed is not known. */
export function stampOf({ at, source }: Pick<ConsoleLine, 'at' | 'source'>): string {
  if (source === 'history') return '--:--:--';
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** `text` is sanitized, its lines parted by CR LF; each of them gets the stamp. */
export function withStamp(text: string, stamp: string): string {
  // Saved and restored around the stamp: a colour that goes on from the line before does not touch it.
  const before = `${escape}7${escape}[0;2m${stamp}${escape}8${toStart}`;
  return text
    .split('\r\n')
    .map((line) => before + moveRight(line))
    .join('\r\n');
}

const toStart = `${escape}[${stampWidth}C`;

/** The same line, that many columns further to the right. */
function moveRight(line: string): string {
  /** The cursor is at least so far behind the stamp: only that much may be taken back. */
  let column = 0;
  const back = (count: number): string => {
    const possible = Math.min(count, column);
    column -= possible;
    return possible > 0 ? `${escape}[${possible}D` : '';
  };
  return line.replace(token, (one: string, parameters: string | undefined, final: string | undefined) => {
    if (one === '\r') {
      column = 0;
      return `\r${toStart}`;
    }
    if (one === '\u0008') return back(1);
    if (final === undefined) {
      column += narrow(one);
      return one;
    }
    const count = Math.max(1, Number.parseInt(parameters ?? '', 10) || 0);
    if (final === 'D') return back(count);
    if (final === 'K') return eraseInLine(parameters ?? '', one);
    if (final !== 'G') return one;
    column = 0;
    return `${escape}[${count + stampWidth}G`;
  });
}

/** Erasing from the left would take the stamp, too. */
function eraseInLine(parameters: string, sequence: string): string {
  if (/^0*$/.test(parameters)) return sequence;
  return /^0*2$/.test(parameters) ? `${escape}7\r${toStart}${escape}[K${escape}8` : '';
}

/** Characters that are sure to take one column each. */
function narrow(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f) count += 1;
  }
  return count;
}
