/**
 * The people of `ops.json` and `whitelist.json`: a list of objects with name and UUID.
 *
 * The parser of `jsonc-parser` gives the ranges. Its `modify` reformats the text around a change, so changes are made
 * here: other entries and other fields stay unchanged.
 */
import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { TextChange } from './formats/place.js';

/** Offsets of a part of the text: its first character, and the character after its last. */
interface Range {
  readonly from: number;
  readonly to: number;
}

export interface ListedPerson extends Range {
  /** Place in the list, from 0. */
  readonly at: number;
  readonly name: string;
  readonly uuid: string;
  /** Rights of an operator, from 0 to 4; null if the entry has none. */
  readonly level: number | null;
}

export interface PeopleList {
  readonly people: readonly ListedPerson[];
  /** Number of entries that are no object with a name. */
  readonly unreadable: number;
}

/** Reads the list; null if the text is no list in JSON. An empty text is an empty list, as for the game. */
export function peopleOf(text: string): PeopleList | null {
  if (text.trim() === '') return { people: [], unreadable: 0 };
  const entries = entriesOf(text);
  if (entries === null) return null;
  const people = entries.flatMap((node, at) => personOf(node, at) ?? []);
  return { people, unreadable: entries.length - people.length };
}

function listOf(text: string): Node | null {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: false, disallowComments: true });
  return tree?.type === 'array' && errors.length === 0 ? tree : null;
}

const entriesOf = (text: string): readonly Node[] | null => {
  const list = listOf(text);
  return list === null ? null : (list.children ?? []);
};

const rangeOf = ({ offset, length }: Node): Range => ({ from: offset, to: offset + length });

/** The value of a field, of which the last counts. */
const field = (entry: Node | undefined, name: string): Node | undefined =>
  entry?.type === 'object'
    ? entry.children?.findLast(({ children }) => children?.[0]?.value === name)?.children?.[1]
    : undefined;

function personOf(node: Node, at: number): ListedPerson | null {
  const name: unknown = field(node, 'name')?.value;
  const uuid: unknown = field(node, 'uuid')?.value;
  const level: unknown = field(node, 'level')?.value;
  if (typeof name !== 'string') return null;
  return {
    at,
    name,
    uuid: typeof uuid === 'string' ? uuid : '',
    level: typeof level === 'number' ? level : null,
    ...rangeOf(node),
  };
}

/** The change that adds a person at the end; `level` = null in a list without rights. null = the text is no list. */
export function withPerson(
  text: string,
  { name, uuid, level }: Pick<ListedPerson, 'name' | 'uuid' | 'level'>,
): TextChange | null {
  const entry = level === null ? { uuid, name } : { uuid, name, level, bypassesPlayerLimit: false };
  if (text.trim() === '')
    return { from: 0, to: text.length, insert: `${JSON.stringify([entry], null, 2)}\n` };
  const list = listOf(text);
  if (list === null) return null;
  const { from, to } = rangeOf(list);
  const last = list.children?.at(-1);
  if (last === undefined)
    return { from: from + 1, to: to - 1, insert: `\n${indented(JSON.stringify(entry, null, 2), '  ')}\n` };
  const before = spaceBefore(text, last.offset);
  const indent = before.slice(before.lastIndexOf('\n') + 1);
  const isWide = text.slice(last.offset, rangeOf(last).to).includes('\n');
  const written = isWide
    ? indented(JSON.stringify(entry, null, indent === '' ? '  ' : indent), indent).trimStart()
    : JSON.stringify(entry);
  return { from: rangeOf(last).to, to: rangeOf(last).to, insert: `,${before}${written}` };
}

/** The change that takes an entry out, with its comma. */
export function withoutPerson(text: string, { at }: Pick<ListedPerson, 'at'>): TextChange | null {
  const list = listOf(text);
  const entries = (list?.children ?? []).map(rangeOf);
  const [entry, previous, next] = [entries[at], at > 0 ? entries[at - 1] : undefined, entries[at + 1]];
  if (list === null || entry === undefined) return null;
  if (previous !== undefined) return { from: previous.to, to: entry.to, insert: '' };
  if (next !== undefined) return { from: entry.from, to: next.from, insert: '' };
  return { from: list.offset + 1, to: rangeOf(list).to - 1, insert: '' };
}

export function withLevel(text: string, { at }: Pick<ListedPerson, 'at'>, level: number): TextChange | null {
  const entry = entriesOf(text)?.[at];
  const known = field(entry, 'level');
  if (known !== undefined) return { ...rangeOf(known), insert: String(level) };
  const last = entry?.children?.at(-1);
  if (last === undefined) return null;
  const { to } = rangeOf(last);
  return { from: to, to, insert: `,${spaceBefore(text, last.offset)}"level": ${String(level)}` };
}

/** The spaces and line ends that stand before an offset. */
function spaceBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start, offset);
}

const indented = (lines: string, indent: string): string =>
  lines
    .split('\n')
    .map((line) => `${indent}${line}`)
    .join('\n');

const uuidDigits = /^[\da-f]{32}$/;

/** A UUID as Minecraft writes it; null if the text is none. */
export function writtenUuid(typed: string): string | null {
  const digits = typed.trim().toLowerCase().replaceAll('-', '');
  if (!uuidDigits.test(digits)) return null;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
