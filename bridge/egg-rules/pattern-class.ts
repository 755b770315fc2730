/** Reads escapes and character classes (`[...]`) of a pattern. */
import {
  caseless,
  escapedSet,
  not,
  one,
  posixSet,
  propertySet,
  range,
  remembering,
  codeUnion,
} from './code-sets.js';
import { broken, unsupported, type CodeSet, type Flags } from './pattern.js';

const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, e: 27, a: 7 };

/** Meaning of a backslash escape: one code, or a set, which cannot be an end of a range. */
export type Escape = { code: number } | { set: CodeSet };

/** Cursor over the codes of a pattern (`pattern.ts`). */
export class Cursor {
  at = 0;
  private readonly characters: readonly string[];

  constructor(private readonly codes: readonly number[]) {
    this.characters = codes.map((code) => String.fromCodePoint(code));
  }

  get done(): boolean {
    return this.at >= this.codes.length;
  }

  /** The character `ahead` places further on; empty at the end. */
  peek(ahead = 0): string {
    return this.characters[this.at + ahead] ?? '';
  }

  rest(length: number): string {
    return this.characters.slice(this.at, this.at + length).join('');
  }

  next(): number {
    const code = this.codes[this.at];
    if (code === undefined) return broken();
    this.at += 1;
    return code;
  }

  take(text: string): boolean {
    for (let ahead = 0; ahead < text.length; ahead += 1)
      if (this.peek(ahead) !== text.charAt(ahead)) return false;
    this.at += text.length;
    return true;
  }

  /** Matches a pattern that begins with ^ against the next 64 characters and moves past the match. */
  match(pattern: RegExp): RegExpExecArray | null {
    const found = pattern.exec(this.rest(64));
    if (found !== null) this.at += found[0].length;
    return found;
  }
}

function readHex(cursor: Cursor, unicode: boolean): Escape {
  const braces = cursor.match(/^\{([0-9a-f]{1,8})\}/i);
  const plain = braces ?? cursor.match(/^([0-9a-f]{1,2})/i);
  const code = parseInt(plain?.[1] ?? '', 16);
  if (Number.isNaN(code)) return unsupported();
  if (code > (unicode ? 0x10ffff : 0xff)) return broken();
  return { code };
}

function readProperty(cursor: Cursor, negated: boolean, flags: Flags): Escape {
  const found = cursor.match(/^(?:\{(\^?)([A-Za-z&_]+)\}|()([A-Z]))/);
  const name = found?.[2] ?? found?.[4] ?? '';
  const has = propertySet(name);
  if (has === null || (flags.caseless && /^L[ult]$/.test(name))) return unsupported();
  const inverted = negated !== (found?.[1] === '^');
  return { set: inverted ? not(has) : has };
}

/** Reads an escape that means the same inside and outside of brackets. The cursor stands after the backslash. */
export function readEscape(cursor: Cursor, flags: Flags): Escape {
  const letter = cursor.peek();
  const code = cursor.next();
  const set = escapedSet(letter, flags.unicode);
  if (set !== null) return { set };
  const control = controls[letter];
  if (control !== undefined) return { code: control };
  if (letter === 'x') return readHex(cursor, flags.unicode);
  if (letter === 'p' || letter === 'P') return readProperty(cursor, letter === 'P', flags);
  if (/[gkKQEcoXCRNBAzZGb0-9]/.test(letter)) return unsupported();
  if (/[A-Za-z]/.test(letter)) return broken();
  return { code };
}

function readItem(cursor: Cursor, flags: Flags): Escape {
  const mark = cursor.peek() === '[' ? cursor.peek(1) : '';
  if (mark === '.' || mark === '=') return unsupported();
  const name = mark === ':' ? cursor.match(/^\[:(\^?)([a-z]+):\]/) : null;
  if (name !== null) {
    if (flags.unicode) return unsupported();
    const set = posixSet(name[2] ?? '') ?? broken();
    return { set: name[1] === '^' ? not(set) : set };
  }
  if (!cursor.take('\\')) return { code: cursor.next() };
  return cursor.take('b') ? { code: 8 } : readEscape(cursor, flags);
}

/** Reads a range or a single item. PCRE refuses a range that begins or ends with a set (`[\w-.]`) or runs backwards. */
function readRange(cursor: Cursor, first: Escape, flags: Flags): CodeSet {
  const isRange = cursor.peek() === '-' && cursor.peek(1) !== ']' && cursor.peek(1) !== '';
  if (!isRange) return 'set' in first ? first.set : one(first.code);
  if ('set' in first) return broken();
  cursor.next();
  const last = readItem(cursor, flags);
  return 'set' in last || last.code < first.code ? broken() : range(first.code, last.code);
}

/** Reads a character class. The cursor stands after the opening bracket. */
export function readClass(cursor: Cursor, flags: Flags): CodeSet {
  const negated = cursor.take('^');
  const sets: CodeSet[] = [];
  while (sets.length === 0 || cursor.peek() !== ']') {
    if (cursor.done) return broken();
    sets.push(readRange(cursor, readItem(cursor, flags), flags));
  }
  cursor.next();
  const all = codeUnion(...new Set(sets));
  const has = remembering(flags.caseless ? caseless(all, flags.unicode) : all);
  return negated ? not(has) : has;
}
