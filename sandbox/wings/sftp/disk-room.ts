import { sftpRefusals } from './refusals.js';

/**
 * Counts the bytes that a session writes against the server's disk limit, without measuring the folder at each file.
 */
export class DiskRoom {
  /** Bytes in use; null = to be measured. */
  #used: number | null = null;

  /** `limit` in bytes, 0 = none; `measure` resolves with the bytes in the folder. */
  constructor(
    private readonly limit: () => number,
    private readonly measure: () => Promise<number>,
  ) {}

  /** Rejects if no further byte fits. */
  async open(): Promise<void> {
    if (this.limit() === 0) return;
    this.#used ??= await this.measure();
    if (this.#used >= this.limit()) throw sftpRefusals.diskFull();
  }

  /** Counts so many more bytes, or fewer. Throws if they do not fit. */
  grow(bytes: number): void {
    if (this.#used === null || this.limit() === 0) return;
    if (bytes > 0 && this.#used + bytes > this.limit()) throw sftpRefusals.diskFull();
    this.#used += bytes;
  }

  /** Something was removed. */
  shrunk(): void {
    this.#used = null;
  }
}
