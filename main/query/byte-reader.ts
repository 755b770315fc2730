import { NonsenseFailure } from './query-answer.js';

/** Reads an answer from its beginning. Reading past the end throws `QueryFailure` of kind `nonsense`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  uint8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#step(2));
  }

  uint16Little(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  int32Little(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#step(4));
  }

  float32Little(): number {
    return this.#view.getFloat32(this.#step(4), true);
  }

  bytes(length: number): Uint8Array {
    const from = this.#step(length);
    return this.#bytes.subarray(from, from + length);
  }

  rest(): Uint8Array {
    return this.bytes(this.left);
  }

  /** Bytes up to the next zero byte, as UTF-8; the reader continues behind the zero byte. */
  text(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    if (end === -1) throw new NonsenseFailure('a text without an end');
    const text = utf8(this.bytes(end - this.#at));
    this.#step(1);
    return text;
  }

  #step(length: number): number {
    if (length > this.left) throw new NonsenseFailure('cut off');
    const from = this.#at;
    this.#at += length;
    return from;
  }
}

/** UTF-8, or Latin-1 if the bytes are no UTF-8, as older servers send. */
export function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}
