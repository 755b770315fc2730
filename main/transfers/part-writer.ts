import { createHash } from 'node:crypto';
import type { PartFile } from './disk-port.js';

/** Bytes that are written together. */
const batchBytes = 1_048_576;
/** Bytes after which the disk begins to store the written part, so that the end does not wait for all bytes. */
const syncBytes = 128 * batchBytes;

/**
 * Writes received bytes, and computes their SHA-1.
 *
 * The parts are copied to two buffers; one is written while the other fills. The next part reuses the memory of a part,
 * and the thread that writes a large file reads the buffers without another copy.
 */
export class PartWriter {
  readonly #hash = createHash('sha1');
  #filling = sharedBuffer();
  #resting = sharedBuffer();
  #filled = 0;
  #unsynced = 0;
  /** The write of `#resting`. */
  #written: Promise<void> = Promise.resolve();
  #synced: Promise<void> | null = null;

  constructor(private readonly part: PartFile) {}

  /** Resolves when the next part may come. Rejects if an earlier write failed. */
  async add(part: Uint8Array): Promise<void> {
    // Now, while the processor's cache has the part.
    this.#hash.update(part);
    for (let from = 0; from < part.length;) {
      const taken = part.subarray(from, from + batchBytes - this.#filled);
      this.#filling.set(taken, this.#filled);
      this.#filled += taken.length;
      from += taken.length;
      if (this.#filled === batchBytes) await this.#write();
    }
  }

  /** Resolves with the SHA-1 in hexadecimal digits when everything is on the disk itself. */
  async end(): Promise<string> {
    await this.#write();
    await this.#written;
    await this.#synced;
    await this.part.sync();
    return this.#hash.digest('hex');
  }

  /** Resolves when no writer uses the file. Never rejects. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#written, this.#synced]);
  }

  async #write(): Promise<void> {
    const batch = this.#filling.subarray(0, this.#filled);
    await this.#written;
    [this.#filling, this.#resting, this.#filled] = [this.#resting, this.#filling, 0];
    this.#written = heard(this.part.write(batch));
    this.#unsynced += batch.length;
    if (this.#unsynced >= syncBytes) await this.#sync();
  }

  async #sync(): Promise<void> {
    await this.#synced;
    this.#unsynced = 0;
    this.#synced = heard(this.part.sync());
  }
}

function sharedBuffer(): Buffer<SharedArrayBuffer> {
  return Buffer.from(new SharedArrayBuffer(batchBytes));
}

/** Work whose failure is heard later, by whoever awaits it. */
function heard(work: Promise<void>): Promise<void> {
  work.catch(() => undefined);
  return work;
}
