import { createGunzip } from 'node:zlib';
import { otherFormat, wrongChecksum } from './transfer-failures.js';

/** First bytes of the other formats that nodes pack: zip, bzip2 and xz (PROTOCOL 2.17.8). */
const otherBeginnings = ['504b0304', '504b0506', '425a68', 'fd377a585a00'];
const beginningBytes = 6;

/** Reads a content of gzip to its end, where its checksum and its size stand. */
export class GzipCheck {
  readonly #gunzip = createGunzip();
  #isBroken = false;
  #beginning = Buffer.alloc(0);

  constructor() {
    this.#gunzip.on('error', () => (this.#isBroken = true));
    this.#gunzip.resume();
  }

  /**
   * Passes the content on. Rejects with `TransferBroke`, at the end or earlier, if the content is broken, incomplete,
   * or of another format.
   */
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

  /** Resolves when nothing needs the part any more, so that the network may use its memory again. */
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
    if (this.#beginning.length < beginningBytes) {
      this.#beginning = Buffer.concat([this.#beginning, part.subarray(0, beginningBytes)]);
    }
    if (this.#isBroken) throw this.#isOther() ? otherFormat() : wrongChecksum();
  }

  #isOther(): boolean {
    const beginning = this.#beginning.toString('hex');
    return otherBeginnings.some((format) => beginning.startsWith(format));
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
