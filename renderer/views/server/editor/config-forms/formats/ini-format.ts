/**
 * INI as Unreal reads it: sections and `Key=Value`, names without regard to case, comments on lines of their own.
 *
 * `ini-api` was tried: it takes `#` and `;` inside of a value for comments and `\` for an escape, which Unreal does not,
 * and rewrites the line. So this file finds the range of each value itself.
 *
 * A key is written `Section/Key`; keys of arrays such as `+Mods` are keys of their own.
 */
import { isOneLine, keepPlace, lineAtEnd, type Format, type Place, type TextChange } from './place.js';

const line = /([^\n\r]*)(\r\n?|\n|$)/g;
const sectionLine = /^\s*\[([^\n\r]*)\]\s*$/;

export const iniFormat: Format = (text) => {
  const places = new Map<string, Place[]>();
  /** End of the last line of each section that is not empty. */
  const ends = new Map<string, number>();
  let section = '';
  for (const { index, 1: content = '', 0: whole } of text.matchAll(line)) {
    if (whole === '') break;
    const named = sectionLine.exec(content)?.[1];
    if (named !== undefined) section = named.toLowerCase();
    if (content.trim() !== '') ends.set(section, index + content.length);
    const equals = content.indexOf('=');
    const name = content.slice(0, equals).trim();
    if (named !== undefined || equals === -1 || name === '' || /^[;#]/.test(name)) continue;
    const rest = content.slice(equals + 1);
    const key = `${section}/${name.toLowerCase()}`;
    keepPlace(places, key, iniPlace(rest, index + equals + 1));
  }
  return {
    at: (key) => places.get(key.toLowerCase()) ?? [],
    add: (key, value) => (isWritable(value) ? added(text, key, value, ends) : null),
  };
};

/** The place of the value behind `=`; spaces and quotation marks around it stay. */
function iniPlace(rest: string, from: number): Place {
  const written = rest.trim();
  const isQuoted = /^".*"$/.test(written) && written.length > 1;
  const value = isQuoted ? written.slice(1, -1) : written;
  const before = rest.slice(0, rest.length - rest.trimStart().length);
  const after = written === '' ? '' : rest.slice(rest.trimEnd().length);
  return {
    from,
    to: from + rest.length,
    value: value.includes('"') ? null : value,
    write: (next) => {
      if (!(isQuoted ? isQuotable(next) : isWritable(next))) return null;
      return isQuoted ? `${before}"${next}"${after}` : `${before}${next}${after}`;
    },
  };
}

const isQuotable = (value: string): boolean => isOneLine(value) && !value.includes('"');

/** Unreal drops spaces around a value without quotation marks. */
const isWritable = (value: string): boolean => isQuotable(value) && value === value.trim();

function added(text: string, key: string, value: string, ends: ReadonlyMap<string, number>): TextChange {
  const at = key.lastIndexOf('/');
  const section = key.slice(0, at);
  const pair = `${key.slice(at + 1)}=${value}`;
  const end = ends.get(section.toLowerCase());
  if (end === undefined) return lineAtEnd(text, `[${section}]\n${pair}`);
  return { from: end, to: end, insert: `\n${pair}` };
}
