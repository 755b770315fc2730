import { failureOf } from './http-failures.js';

/** Bytes that a download reads ahead of its reader. */
const readAheadBytes = 1_048_576;

/** What pauses and resumes the reading from the network. */
interface Tap {
  pause(): void;
  resume(): void;
}

/**
 * The content of a download, part by part as it comes from the socket.
 * A stream of Node would join waiting parts to larger ones, which copies everything once more.
 */
export class DownloadBody implements AsyncIterable<Uint8Array> {
  #parts: Uint8Array[] = [];
  #waiting = 0;
  #ended: { readonly error: Error | null } | null = null;
  #wake: () => void = () => undefined;

  constructor(private readonly tap: Tap) {}

  push(part: Uint8Array): void {
    this.#parts.push(part);
    this.#waiting += part.length;
    if (this.#waiting >= readAheadBytes) this.tap.pause();
    this.#wake();
  }

  /** `error` = why the content is not whole; null = it is. */
  end(error: Error | null): void {
    this.#ended = { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const parts = this.#parts;
      [this.#parts, this.#waiting] = [[], 0];
      if (parts.length > 0) {
        this.tap.resume();
        yield* parts;
      } else if (this.#ended === null) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      } else {
        if (this.#ended.error !== null) throw failureOf(this.#ended.error);
        return;
      }
    }
  }
}
