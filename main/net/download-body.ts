import { failureOf } from './http-failures.js';

/** Pauses and resumes the reading from the connection. */
interface Tap {
  pause(): void;
  resume(): void;
}

/**
 * The content of a download, part by part, in the buffers of the connection. The connection reads the next part only
 * when the reader asks for it, because the buffers are used again.
 */
export class DownloadBody implements AsyncIterable<Uint8Array> {
  #part: Uint8Array | null = null;
  #ended: { readonly error: Error | null } | null = null;
  #wake: () => void = () => undefined;

  constructor(private readonly tap: Tap) {}

  push(part: Uint8Array): void {
    // The parser begins empty after each pause.
    if (part.length === 0) return;
    this.#part = part;
    this.tap.pause();
    this.#wake();
  }

  /** `error` = why the content is not whole; null = it is. */
  end(error: Error | null): void {
    this.#ended = { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const part = this.#part;
      this.#part = null;
      if (part !== null) {
        yield part;
        this.tap.resume();
      } else if (this.#ended === null) {
        await new Promise<void>((resolve) => (this.#wake = resolve));
      } else {
        if (this.#ended.error !== null) throw failureOf(this.#ended.error);
        return;
      }
    }
  }
}
