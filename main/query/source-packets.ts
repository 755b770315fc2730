/** Puts the parts of a long answer together (QUERIES "Source"). The parts arrive in any order, and more than once. */
import { NonsenseFailure } from './query-answer.js';

/** Header of a part. */
const split = Buffer.from('feffffff', 'hex');
/** Header of a whole message. */
export const single = Buffer.alloc(4, 0xff);
const mostParts = 32;

interface Part {
  readonly total: number;
  readonly number: number;
  readonly content: Uint8Array;
}

/**
 * Engines write the header of a part in three ways, and a part does not show which. Read in the right way, the first
 * part begins with the header of a whole message.
 */
const layouts: readonly ((part: Uint8Array) => Part)[] = [
  // Source: total, number, greatest size of a part (two bytes).
  (part) => ({ total: part[8] ?? 0, number: part[9] ?? 0, content: part.subarray(12) }),
  // Source before the Orange Box: without the size.
  (part) => ({ total: part[8] ?? 0, number: part[9] ?? 0, content: part.subarray(10) }),
  // GoldSrc: number in the upper, total in the lower half of one byte.
  (part) => ({ total: (part[8] ?? 0) & 0x0f, number: (part[8] ?? 0) >> 4, content: part.subarray(9) }),
];

export function isSplit(datagram: Uint8Array): boolean {
  return Buffer.compare(datagram.subarray(0, 4), split) === 0;
}

export class SplitPackets {
  /** Parts by the number that the server gave to the answer. */
  readonly #answers = new Map<string, Uint8Array[]>();

  /** The message, once all of its parts are here; otherwise null. */
  add(part: Uint8Array): Uint8Array | null {
    if (part.length < 10) throw new NonsenseFailure('a part without content');
    // The highest bit of the number: compressed with bzip2, which today's games do not send.
    if (((part[7] ?? 0) & 0x80) !== 0) throw new NonsenseFailure('compressed');
    const id = Buffer.from(part.subarray(4, 8)).toString('hex');
    const parts = [...(this.#answers.get(id) ?? []), part];
    if (parts.length > mostParts || this.#answers.size > mostParts)
      throw new NonsenseFailure('too many parts');
    this.#answers.set(id, parts);
    for (const layout of layouts) {
      const message = whole(parts.map(layout));
      if (message !== null) return message;
    }
    return null;
  }
}

/** null unless these are all parts of one message. */
function whole(parts: readonly Part[]): Uint8Array | null {
  const { total = 0 } = parts[0] ?? {};
  if (total < 1 || total > mostParts || parts.length < total) return null;
  const byNumber = new Map(parts.map((part) => [part.number, part]));
  const contents = Array.from({ length: total }, (_, number) => byNumber.get(number));
  if (contents.some((part) => part === undefined || part.total !== total)) return null;
  const message = Buffer.concat(contents.flatMap((part) => (part === undefined ? [] : [part.content])));
  return Buffer.compare(message.subarray(0, 4), single) === 0 ? message : null;
}
