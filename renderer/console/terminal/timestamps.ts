/**
 * Time in front of each console line. The stamp is part of the terminal's text, so it is selected, searched and saved
 * with its line. Carriage returns and erasures are shifted right, so no server can overwrite a stamp.
 */
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';

/** `HH:MM:SS` and a space. */
export const stampWidth = 9;

const escape = '\u001b';
/** Plain text, or a control that `sanitizeConsoleText` keeps. */
// eslint-disable-next-line no-control-regex -- matches control characters
const token = /\r|\u0008|\u001b\[([\d;:]*)([A-Za-z@])|[^\r\u0008\u001b]+|\u001b/g;

/** Time of a line in the user's time zone; dashes for history lines, whose time is unknown. */
export function stampOf({ at, source }: Pick<ConsoleLine, 'at' | 'source'>): string {
  if (source === 'history') return '--:--:--';
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}

/** Adds the stamp to each line of `text`: sanitized, lines separated by CR LF. */
export function withStamp(text: string, stamp: string): string {
  // Saves and restores the cursor around the stamp, so that a colour carried over from the line before does not
  // affect it.
  const before = `${escape}7${escape}[0;2m${stamp}${escape}8${toStart}`;
  return text
    .split('\r\n')
    .map((line) => before + moveRight(line))
    .join('\r\n');
}

const toStart = `${escape}[${stampWidth}C`;

/** Shifts a line right by the width of the stamp. */
function moveRight(line: string): string {
  /** Known minimum distance of the cursor from the stamp, in columns; the cursor may go back no further. */
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

/** Erasing to the left would erase the stamp. */
function eraseInLine(parameters: string, sequence: string): string {
  if (/^0*$/.test(parameters)) return sequence;
  return /^0*2$/.test(parameters) ? `${escape}7\r${toStart}${escape}[K${escape}8` : '';
}

/** Number of characters that surely take one column each. */
function narrow(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code < 0x7f) count += 1;
  }
  return count;
}
