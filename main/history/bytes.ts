/** Whole numbers of variable length: seven bits per byte, the lowest first, so small numbers take few bytes. */

const firstCapacity = 64;

export class ByteSink {
  #bytes = new Uint8Array(firstCapacity);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The bytes so far; valid until the next write. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Ends writing and frees spare capacity. */
  close(): void {
    this.#bytes = this.#bytes.slice(0, this.#length);
  }

  /** Range 0 to 2^53. */
  unsigned(value: number): void {
    let rest = value;
    while (rest > 0x7f) {
      this.#byte((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.#byte(rest);
  }

  signed(value: number): void {
    this.unsigned(value < 0 ? -value * 2 - 1 : value * 2);
  }

  #byte(value: number): void {
    if (this.#length === this.#bytes.length) {
      const wider = new Uint8Array(this.#length * 2);
      wider.set(this.#bytes);
      this.#bytes = wider;
    }
    this.#bytes[this.#length++] = value;
  }
}

/** Bytes of whole numbers of 0 and more. */
export function bytesOf(...numbers: readonly number[]): Uint8Array {
  const sink = new ByteSink();
  for (const number of numbers) sink.unsigned(number);
  return sink.bytes;
}

/** The result of `read`; null for missing or damaged bytes. */
export function readBytes<T>(bytes: Uint8Array | undefined, read: (source: ByteSource) => T): T | null {
  if (bytes === undefined) return null;
  try {
    return read(new ByteSource(bytes));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads the bytes of a `ByteSink`. Throws `RangeError` for other bytes. */
export class ByteSource {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isOver(): boolean {
    return this.#at >= this.bytes.length;
  }

  unsigned(): number {
    let value = 0;
    for (let scale = 1; scale <= Number.MAX_SAFE_INTEGER; scale *= 0x80) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80 && value <= Number.MAX_SAFE_INTEGER) return value;
    }
    throw new RangeError('These bytes are no number.');
  }

  signed(): number {
    const value = this.unsigned();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
}
