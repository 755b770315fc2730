import { QueryFailure, type ByteStream } from '../base/query-ports.js';
import { NonsenseFailure } from './query-answer.js';

/**
 * Reads a TCP connection in the lengths that a protocol needs. However small the pieces are that arrive, each byte is
 * copied at most once per reading.
 */
export class StreamBytes {
  /** Bytes that arrived and were not taken. */
  #here: Uint8Array = new Uint8Array();
  #hasAny = false;

  constructor(private readonly stream: ByteStream) {}

  /** Exactly so many bytes. Rejects with `silent` if the connection ends without any, `nonsense` if it ends early. */
  async take(length: number): Promise<Uint8Array> {
    const pieces = [this.#here];
    for (let have = this.#here.length; have < length;) {
      const piece = await this.#receive();
      pieces.push(piece);
      have += piece.length;
    }
    return this.#cut(pieces, length);
  }

  /** Bytes up to and with the next `last`. */
  async takeTo(last: number): Promise<Uint8Array> {
    const pieces = [this.#here];
    let before = 0;
    for (let piece = this.#here; ;) {
      const at = piece.indexOf(last);
      if (at !== -1) return this.#cut(pieces, before + at + 1);
      before += piece.length;
      piece = await this.#receive();
      pieces.push(piece);
    }
  }

  async #receive(): Promise<Uint8Array> {
    const piece = await this.stream.receive();
    if (piece === null)
      throw this.#hasAny
        ? new NonsenseFailure('cut off')
        : new QueryFailure('silent', 'closed without an answer');
    this.#hasAny = true;
    return piece;
  }

  #cut(pieces: readonly Uint8Array[], length: number): Uint8Array {
    const whole = pieces.length === 1 ? this.#here : Buffer.concat(pieces);
    this.#here = whole.subarray(length);
    return whole.subarray(0, length);
  }
}
