/**
 * Hides known secrets that a server wraps: a line ends with the beginning of the secret, and the next line continues
 * it.
 *
 * The beginning is hidden before the next line is known, because a program may read along. A beginning shorter than
 * `shortest` stays, as many lines end with a few such letters by chance.
 */

import type { Range } from '../../bridge/redaction/secret-texts.js';

/** Number of letters from which the beginning of a secret is hidden. */
const shortest = 4;

/** A secret whose first letters ended the last line. */
interface Begun {
  readonly secret: string;
  readonly length: number;
}

export class WrappedSecrets {
  readonly #secrets: readonly string[];
  /** By source, because a line of the node may come between two lines of the server. */
  readonly #begun = new Map<string, readonly Begun[]>();

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter(({ length }) => length > shortest).map(small);
  }

  /** The parts of secrets in the lines of a text. Call with all texts of a source in their order. */
  rangesIn(text: string, source: string): Range[] {
    if (this.#secrets.length === 0) return [];
    return [...text.matchAll(/[^\n]+/g)].flatMap(({ index, 0: line }) => {
      const words = line.trim();
      const start = index + line.indexOf(words);
      return words === '' ? [] : this.#inLine(words, source).map((range) => movedBy(start, range));
    });
  }

  #inLine(text: string, source: string): Range[] {
    const letters = small(text);
    const before = this.#begun.get(source) ?? [];
    const rests = before.map(({ secret, length }) => secret.slice(length).trimStart());
    const head = Math.max(0, ...rests.filter((rest) => letters.startsWith(rest)).map(({ length }) => length));
    const within = before.flatMap(({ secret }, at) => {
      const rest = rests[at] ?? '';
      const isWithin = rest.length > letters.length && rest.startsWith(letters);
      return isWithin ? [{ secret, length: secret.length - rest.length + letters.length }] : [];
    });
    const begun = this.#secrets.flatMap((secret) => beginnings(secret, letters.slice(head)));
    this.#begun.set(source, [...within, ...begun]);
    if (within.some(({ length }) => length >= shortest)) return [{ from: 0, to: text.length }];
    const tail = Math.max(0, ...begun.map(({ length }) => length).filter((length) => length >= shortest));
    return [
      { from: 0, to: head },
      { from: text.length - tail, to: text.length },
    ];
  }
}

/** The text with `***` instead of each range; ranges that touch become one. */
export function masked(text: string, ranges: readonly Range[]): string {
  let shown = '';
  let end = 0;
  const ordered = ranges.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  for (const { from, to } of ordered) {
    if (from > end || end === 0) shown += `${text.slice(end, from)}***`;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}

function movedBy(start: number, { from, to }: Range): Range {
  return { from: start + from, to: start + to };
}

/** The beginnings of a secret with which a text ends. Looks for the first letters together, so that no line costs much. */
function beginnings(secret: string, text: string): Begun[] {
  const found: Begun[] = [];
  const lead = secret.slice(0, shortest);
  const note = (at: number): void => {
    if (secret.startsWith(text.slice(at))) found.push({ secret, length: text.length - at });
  };
  let at = text.indexOf(lead, Math.max(0, text.length - secret.length + 1));
  for (; at !== -1; at = text.indexOf(lead, at + 1)) note(at);
  for (let length = Math.min(shortest - 1, text.length); length > 0; length--) note(text.length - length);
  return found;
}

/** Lower case that keeps the length of every text. */
function small(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
