/**
 * Java's properties, as Minecraft's Java edition reads them.
 *
 * The parser of `properties-file` reads keys, escapes and continued lines. Its editor would write the whole file again,
 * with one line end and without the writing of each value, so a change replaces the range of the value alone.
 */
import { escapeKey, escapeValue } from 'properties-file/escape';
import { Properties, type PropertyNode } from 'properties-file/parser';
import { lineStarts } from './line-starts.js';
import { isOneLine, keepPlace, lineAtEnd, type Format, type Place } from './place.js';

/** A Unicode escape that no reader of properties takes. */
const brokenEscape = /(?<!\\)((?:\\\\)*)\\u(?![\da-fA-F]{4})/g;

export const propertiesFormat: Format = (text) => {
  // The parser refuses the whole text for one broken escape. This copy has the same offsets.
  const readable = text.replace(brokenEscape, '$1__');
  const starts = lineStarts(text);
  const byKey = new Map<string, Place[]>();
  for (const node of new Properties(readable).getProperties()) {
    const place = placeOf(node, text, readable, starts);
    keepPlace(byKey, node.key, place);
  }
  return {
    at: (key) => byKey.get(key) ?? [],
    add: (key, value) =>
      isOneLine(value) && !endsInContinuation(text)
        ? lineAtEnd(text, `${escapeKey(key)}=${written(value)}`)
        : null,
  };
};

function placeOf(node: PropertyNode, text: string, readable: string, starts: readonly number[]): Place {
  const { startingLineNumber, rawLines } = node;
  const { leadingWhitespace, escapedKey, separatorLeading, separatorChar = '', separatorTrailing } = node;
  const head = `${leadingWhitespace}${escapedKey}${separatorLeading}${separatorChar}${separatorTrailing}`;
  const start = starts[startingLineNumber - 1] ?? 0;
  const from = start + head.length;
  const to = start + (rawLines[0] ?? '').length;
  const isBroken = text.slice(start, to) !== readable.slice(start, to);
  // A value in several lines would lose their ends, and a key without a separator has no place for a value.
  const isOdd = rawLines.length > 1 || head === `${leadingWhitespace}${escapedKey}`;
  return {
    from,
    to,
    value: isBroken || isOdd ? null : node.value,
    write: (value) => (isOneLine(value) ? written(value) : null),
  };
}

/**
 * A value with escapes for all but ASCII: older servers of Minecraft read the file as Latin-1, newer ones as UTF-8, and
 * both read the escapes.
 */
function written(value: string): string {
  // Spaces and tabs at the end count as they stand.
  const content = value.replace(/[ \t]+$/, '');
  if (content === '') return escapeValue(value);
  return `${escapeValue(content, true)}${value.slice(content.length)}`;
}

/** A backslash at the end would take an added line for a part of the last value. */
function endsInContinuation(text: string): boolean {
  const end = text.length - (/(?:\r\n?|\n)$/.exec(text)?.[0].length ?? 0);
  let count = 0;
  while (text[end - 1 - count] === '\\') count += 1;
  return count % 2 === 1;
}
