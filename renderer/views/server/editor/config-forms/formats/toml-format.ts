/**
 * TOML, by the ranges of its syntax tree.
 *
 * `@decimalturn/toml-patch` was tried: it drops tabs around `=` and changes the quotation marks of a value. So a change
 * replaces the range of the value alone. A key is the path of names, joined by points; no known name has a point.
 */
import { parseTOML, ParseError, type AST } from 'toml-eslint-parser';
import { isOneLine, keepPlace, lineAtEnd, type Format, type Place, type TextChange } from './place.js';

export const tomlFormat: Format = (text) => {
  const table = topLevelOf(text);
  if (table === null) return null;
  const places = new Map<string, Place[]>();
  const tables = new Map<string, AST.TOMLTable>();
  /** Keys of values and tables, with the tables around them. */
  const taken = new Set<string>();
  /** Keys before the first table. */
  let lastRoot = 0;
  for (const node of table.body) {
    take(taken, [], node.key.keys.map(nameOf));
    if (node.type === 'TOMLKeyValue') {
      lastRoot = node.range[1];
      keepValue(places, [], node, text);
      continue;
    }
    if (node.kind !== 'standard') continue;
    tables.set(node.resolvedKey.join('.'), node);
    for (const pair of node.body) {
      take(taken, node.resolvedKey, pair.key.keys.map(nameOf));
      keepValue(places, node.resolvedKey, pair, text);
    }
  }
  return {
    at: (key) => places.get(key) ?? [],
    add: (key, value, isText) => {
      const written = isText ? quoted(value) : bare(value);
      if (written === null || taken.has(key)) return null;
      const at = key.lastIndexOf('.');
      const pair = `${key.slice(at + 1)} = ${written}`;
      if (at === -1) return rootPair(text, table, lastRoot, pair);
      const path = key.slice(0, at);
      const home = tables.get(path);
      if (home !== undefined) return afterLine(text, home.body.at(-1)?.range[1] ?? home.key.range[1], pair);
      return taken.has(path.split('.')[0] ?? '') ? null : lineAtEnd(text, `[${path}]\n${pair}`);
    },
  };
};

/** null = the text is not TOML. */
function topLevelOf(text: string): AST.TOMLTopLevelTable | null {
  try {
    return parseTOML(text).body[0];
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** Adds the key of a pair or a table within `path`, and each part of it that has to be a table. */
function take(taken: Set<string>, path: readonly (string | number)[], names: readonly string[]): void {
  for (const [index] of names.entries()) taken.add([...path, ...names.slice(0, index + 1)].join('.'));
}

/** Keeps the value of a pair, and those of an inline table. */
function keepValue(
  places: Map<string, Place[]>,
  path: readonly (string | number)[],
  { key, value }: AST.TOMLKeyValue,
  text: string,
): void {
  const whole = [...path, ...key.keys.map(nameOf)];
  if (value.type === 'TOMLInlineTable') for (const pair of value.body) keepValue(places, whole, pair, text);
  else keepPlace(places, whole.join('.'), tomlPlace(value, text));
}

const nameOf = (key: AST.TOMLBare | AST.TOMLQuoted): string =>
  key.type === 'TOMLBare' ? key.name : key.value;

function tomlPlace(node: AST.TOMLValue | AST.TOMLArray, text: string): Place {
  const [from, to] = node.range;
  const isLiteral = node.type === 'TOMLValue' && node.kind === 'string' && node.style === 'literal';
  const isString = node.type === 'TOMLValue' && node.kind === 'string';
  return {
    from,
    to,
    value: shownValue(node, text.slice(from, to)),
    write: (next, isText) => {
      if (isLiteral && isOneLine(next) && !next.includes("'")) return `'${next}'`;
      return isString || isText ? quoted(next) : bare(next);
    },
  };
}

/** The value as a form shows it; null for a list, a date, or a text in several lines. */
function shownValue(node: AST.TOMLValue | AST.TOMLArray, source: string): string | null {
  if (node.type === 'TOMLArray' || source.includes('\n')) return null;
  switch (node.kind) {
    case 'string':
      return isOneLine(node.value) ? node.value : null;
    case 'integer':
      return String(node.bigint);
    case 'float':
      return source.replaceAll('_', '');
    case 'boolean':
      return source;
    default:
      return null;
  }
}

/** All escapes of JSON are valid in TOML. */
const quoted = (value: string): string | null => (isOneLine(value) ? JSON.stringify(value) : null);

/** A switch or a number unchanged; any other word becomes a text. */
const bare = (value: string): string | null =>
  /^(?:true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?)$/.test(value) ? value : quoted(value);

/** Adds a key outside of all tables: after the last such key, else at the beginning. */
function rootPair(text: string, { body }: AST.TOMLTopLevelTable, lastRoot: number, pair: string): TextChange {
  if (lastRoot > 0) return afterLine(text, lastRoot, pair);
  return body.length === 0 ? lineAtEnd(text, pair) : { from: 0, to: 0, insert: `${pair}\n` };
}

/** Adds a line after the line of the offset; a comment at the end of that line stays there. */
function afterLine(text: string, offset: number, pair: string): TextChange {
  const end = /[\n\r]|$/.exec(text.slice(offset))?.index ?? 0;
  return { from: offset + end, to: offset + end, insert: `\n${pair}` };
}
