import { createGunzip } from 'node:zlib';
import { wrongChecksum } from './transfer-failures.js';

/** Reads a content of gzip to its end, where its checksum and its size stand. */
export class GzipCheck {
  readonly #gunzip = createGunzip();
  #isBroken = false;

  constructor() {
    this.#gunzip.on('error', () => (this.#isBroken = true));
    this.#gunzip.resume();
  }

  /** Passes the content on. Rejects with `TransferBroke` at its end, or earlier, if it is broken or a part of it. */
  async *passing(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const part of body) {
        await this.#read(part);
        yield part;
      }
      await this.#end();
    } finally {
      this.#gunzip.destroy();
    }
  }

  /** Resolves when nothing needs the part any more, whose memory the network may use again. */
  async #read(part: Uint8Array): Promise<void> {
    if (!this.#isBroken) {
      await new Promise<void>((resolve) => {
        this.#gunzip.once('close', resolve);
        this.#gunzip.write(part, () => {
          this.#gunzip.off('close', resolve);
          resolve();
        });
      });
    }
    if (this.#isBroken) throw wrongChecksum();
  }

  async #end(): Promise<void> {
    if (!this.#isBroken) {
      const closed = new Promise((resolve) => this.#gunzip.once('close', resolve));
      this.#gunzip.end();
      await closed;
    }
    if (this.#isBroken || !this.#gunzip.readableEnded) throw wrongChecksum();
  }
}
