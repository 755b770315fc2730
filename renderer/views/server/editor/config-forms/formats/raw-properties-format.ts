/**
 * Properties as Bedrock's servers read them: `key=value` in UTF-8, without escapes and without continued lines.
 *
 * Java's parser would take `\` for the beginning of an escape, and its writer would put `\u00fc` before the players.
 */
import { isOneLine, keepPlace, lineAtEnd, type Format, type Place } from './place.js';

const line = /(?<![^\n\r])[ \t]*([^\s=#][^\n\r=]*)=([^\n\r]*)/g;

export const rawPropertiesFormat: Format = (text) => {
  const places = new Map<string, Place[]>();
  for (const { index, 0: whole, 1: key = '', 2: rest = '' } of text.matchAll(line)) {
    const value = rest.trim();
    const from = index + whole.length - rest.length + (value === '' ? 0 : rest.indexOf(value));
    keepPlace(places, key.trim(), {
      from,
      to: from + value.length,
      value,
      write: (next) => (isWritable(next) ? next : null),
    });
  }
  return {
    at: (key) => places.get(key) ?? [],
    add: (key, value) => (isWritable(value) ? lineAtEnd(text, `${key}=${value}`) : null),
  };
};

/** Not every server keeps spaces around a value. */
const isWritable = (value: string): boolean => isOneLine(value) && value === value.trim();
