/**
 * Hides known secrets that a server wraps: a line ends with the beginning of the secret, and the next line goes on.
 *
 * The beginning is hidden before the next line is known, because a program may read along. A beginning shorter than
 * `shortest` stays, as many lines end with a few such letters by chance.
 */

/** Number of letters from which the beginning of a secret is hidden. */
const shortest = 4;
/** Longest beginning that is looked for, so that no line costs much. Consoles wrap lines sooner. */
const longest = 500;

/** A secret whose first letters ended the last line. */
interface Begun {
  readonly secret: string;
  readonly length: number;
}

export class WrappedSecrets {
  readonly #secrets: readonly string[];
  #begun: readonly Begun[] = [];

  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.filter(({ length }) => length > shortest).map(small);
  }

  /** The lines of a text with `***` in place of parts of secrets. Call with all texts in their order. */
  hide(text: string): string {
    return text.replace(/[^\n]+/g, (line) => this.#hide(line));
  }

  #hide(line: string): string {
    const text = line.trim();
    if (text === '') return line;
    const letters = small(text);
    const rests = this.#begun.map(({ secret, length }) => secret.slice(length).trimStart());
    const head = Math.max(0, ...rests.filter((rest) => letters.startsWith(rest)).map(({ length }) => length));
    const within = this.#begun.flatMap(({ secret }, at) => {
      const rest = rests[at] ?? '';
      const isWithin = rest.length > letters.length && rest.startsWith(letters);
      return isWithin ? [{ secret, length: secret.length - rest.length + letters.length }] : [];
    });
    const begun = this.#secrets.flatMap((secret) => beginnings(secret, letters.slice(head)));
    this.#begun = [...within, ...begun];
    if (within.some(({ length }) => length >= shortest)) return line.replace(text, '***');
    const tail = Math.max(0, ...begun.map(({ length }) => length).filter((length) => length >= shortest));
    const shown = text.slice(head, text.length - tail);
    return line.replace(text, () => (head > 0 ? '***' : '') + shown + (tail > 0 ? '***' : ''));
  }
}

/** The beginnings of a secret with which a text ends. */
function beginnings(secret: string, text: string): Begun[] {
  const found: Begun[] = [];
  const first = secret.charAt(0);
  let at = text.indexOf(first, text.length - Math.min(secret.length - 1, longest));
  for (; at !== -1; at = text.indexOf(first, at + 1)) {
    if (secret.startsWith(text.slice(at))) found.push({ secret, length: text.length - at });
  }
  return found;
}

/** Lower case that keeps the length of every text. */
function small(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
