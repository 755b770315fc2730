/** The named character sets of PCRE. */
import type { CodeSet } from './pattern.js';

export const range =
  (from: number, to: number): CodeSet =>
  (code) =>
    code >= from && code <= to;
export const codeUnion =
  (...sets: CodeSet[]): CodeSet =>
  (code) =>
    sets.some((has) => has(code));
const listed = (...codes: number[]): CodeSet => {
  const all = new Set(codes);
  return (code) => all.has(code);
};
const matching =
  (pattern: RegExp): CodeSet =>
  (code) =>
    pattern.test(String.fromCodePoint(code));

/** Number of cached answers for codes above 255; the cache is cleared when it is full. */
const rememberedCodes = 4096;

/** Caches the answers of a set: most values repeat few different characters. */
export function remembering(has: CodeSet): CodeSet {
  let table: Int8Array | null = null;
  const others = new Map<number, boolean>();
  const look = (code: number): boolean => {
    const answer = others.get(code) ?? has(code);
    if (others.size >= rememberedCodes) others.clear();
    others.set(code, answer);
    return answer;
  };
  return (code) => {
    if (code > 255) return look(code);
    table ??= new Int8Array(256);
    if (table[code] === 0) table[code] = has(code) ? 1 : -1;
    return table[code] === 1;
  };
}

export const not =
  (has: CodeSet): CodeSet =>
  (code) =>
    !has(code);
export const one =
  (wanted: number): CodeSet =>
  (code) =>
    code === wanted;
export const anything: CodeSet = () => true;

const digit = range(48, 57);
const upper = range(65, 90);
const lower = range(97, 122);
const letter = codeUnion(upper, lower);
const word = remembering(codeUnion(letter, digit, one(95)));
const space = codeUnion(range(9, 13), one(32));
const visible = range(33, 126);

const unicodeDigit = remembering(matching(/\p{Nd}/u));
const unicodeWord = remembering(matching(/[\p{L}\p{N}_]/u));
const unicodeSpace = remembering(codeUnion(space, matching(/[\p{Z}\u0085\u180e]/u)));

const horizontal = codeUnion(
  listed(0x09, 0x20, 0xa0, 0x1680, 0x180e, 0x202f, 0x205f, 0x3000),
  range(0x2000, 0x200a),
);
const vertical = codeUnion(range(0x0a, 0x0d), listed(0x85, 0x2028, 0x2029));

export const wordSet = (unicode: boolean): CodeSet => (unicode ? unicodeWord : word);

/** Set of an escape such as `\d` or `\W`; null for letters that name no set. */
export function escapedSet(letterOfEscape: string, unicode: boolean): CodeSet | null {
  const sets: Readonly<Record<string, CodeSet>> = {
    d: unicode ? unicodeDigit : digit,
    w: wordSet(unicode),
    s: unicode ? unicodeSpace : space,
    h: horizontal,
    v: vertical,
  };
  const has = sets[letterOfEscape.toLowerCase()];
  if (has === undefined) return null;
  return letterOfEscape === letterOfEscape.toLowerCase() ? has : not(has);
}

const posix: Readonly<Record<string, CodeSet>> = {
  alpha: letter,
  digit,
  alnum: codeUnion(letter, digit),
  upper,
  lower,
  word,
  space,
  blank: listed(9, 32),
  punct: (code) => visible(code) && !letter(code) && !digit(code),
  xdigit: codeUnion(digit, range(65, 70), range(97, 102)),
  cntrl: codeUnion(range(0, 31), one(127)),
  graph: visible,
  print: range(32, 126),
  ascii: range(0, 127),
};

/** Set of `[:name:]`; null for an unknown name. */
export function posixSet(name: string): CodeSet | null {
  return posix[name] ?? null;
}

const category = /^(?:L[ulmto]?|M[nce]?|N[dlo]?|P[cdsifeo]?|S[mcko]?|Z[slp]?|C[cfson]?)$/;

/**
 * Set of a general category such as `Lu`; null for other names.
 * Scripts return null too: the server's Unicode version may differ.
 */
export function propertySet(name: string): CodeSet | null {
  if (name === 'Any') return anything;
  if (name !== 'L&' && !category.test(name)) return null;
  const has =
    properties.get(name) ?? remembering(matching(new RegExp(`\\p{${name === 'L&' ? 'LC' : name}}`, 'u')));
  properties.set(name, has);
  return has;
}

/** One cached set per category, shared by all patterns. */
const properties = new Map<string, CodeSet>();

/** The set extended by the other case of each letter; without the modifier u only ASCII letters have cases. */
export function caseless(has: CodeSet, unicode: boolean): CodeSet {
  if (!unicode) return (code) => has(code) || (letter(code) && has(code ^ 32));
  return (code) => has(code) || otherCases(code).some(has);
}

function otherCases(code: number): number[] {
  const character = String.fromCodePoint(code);
  return [character.toLowerCase(), character.toUpperCase()]
    .filter((other) => [...other].length === 1)
    .map((other) => other.codePointAt(0) ?? code);
}
