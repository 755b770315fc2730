/**
 * Palworld's `PalWorldSettings.ini`, which holds all settings in one line: `OptionSettings=(Key=Value,Key="Text")`.
 *
 * Texts stand between quotation marks; a list in brackets is a value that no field shows.
 */
import { isOneLine, keepPlace, type Format, type Place } from './place.js';

const opening = /^[ \t]*OptionSettings[ \t]*=[ \t]*\(/gim;
/** Spaces before the end of the list, as after a comma that no setting follows. */
const spaces = /[ \t]*(?=\))/y;
const keyBefore = /[ \t]*(\w+)[ \t]*=[ \t]*/y;

export const palworldFormat: Format = (text) => {
  // Perch does not know which of several lines the game takes.
  const [found, second] = text.matchAll(opening);
  if (found === undefined || second !== undefined) return null;
  const places = new Map<string, Place[]>();
  let at = found.index + found[0].length;
  const start = at;
  while (!endsAt(text, at)) {
    keyBefore.lastIndex = at;
    const key = keyBefore.exec(text);
    if (key === null) return null;
    const from = keyBefore.lastIndex;
    const to = valueEnd(text, from);
    if (to === null) return null;
    const name = (key[1] ?? '').toLowerCase();
    keepPlace(places, name, palworldPlace(text.slice(from, to), from));
    at = text[to] === ',' ? to + 1 : to;
  }
  const end = text.indexOf(')', at);
  return {
    at: (key) => places.get(key.toLowerCase()) ?? [],
    add: (key, value, isText) => {
      if (!(isText ? isQuotable(value) : isBare(value))) return null;
      const before = text.slice(start, end).trim();
      const needsComma = before !== '' && !before.endsWith(',');
      const written = isText ? `"${value}"` : value;
      return { from: end, to: end, insert: `${needsComma ? ',' : ''}${key}=${written}` };
    },
  };
};

/** Whether the list of settings ends here. */
function endsAt(text: string, at: number): boolean {
  spaces.lastIndex = at;
  return spaces.test(text);
}

/** Offset of the `,` or `)` that ends a value; null if the line ends first. */
function valueEnd(text: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '\n' || sign === '\r') return null;
    if (sign === '"') {
      at = quoteEnd(text, at + 1);
      if (at === -1) return null;
    } else if (sign === '(') depth += 1;
    else if (depth === 0 && (sign === ',' || sign === ')')) return at;
    else if (sign === ')') depth -= 1;
  }
  return null;
}

/** Offset of the closing quotation mark; -1 if the line ends first. */
function quoteEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') return at;
    if (sign === '\n' || sign === '\r') return -1;
    if (sign === '\\') at += 1;
  }
  return -1;
}

function palworldPlace(written: string, from: number): Place {
  const isText = written.startsWith('"');
  const value = isText ? written.trimEnd().slice(1, -1) : written.trimEnd();
  const start = isText ? from + 1 : from;
  const isOdd = isText ? /["\\]/.test(value) : /[("]/.test(value);
  return {
    from: start,
    to: start + value.length,
    value: isOdd ? null : value,
    write: (next) => ((isText ? isQuotable(next) : isBare(next)) ? next : null),
  };
}

/** Without the characters whose escapes have an unknown meaning in the game. */
const isQuotable = (value: string): boolean => isOneLine(value) && !/["\\]/.test(value);
const isBare = (value: string): boolean => /^[\w.+-]+$/.test(value);
