import { setTimeout as pause } from 'node:timers/promises';
import type { SftpFaults } from './api.js';

/** Slows the bytes of files of one connection, and cuts it, as the faults say. */
export class Throughput {
  #passed = 0;
  #freeAt = 0;

  constructor(
    private readonly faults: () => Pick<SftpFaults, 'rate' | 'cutAt'>,
    private readonly cut: () => void,
    private readonly now: () => number,
  ) {}

  /** Resolves when so many bytes may have passed. */
  async pass(bytes: number): Promise<void> {
    const { rate, cutAt } = this.faults();
    this.#passed += bytes;
    if (cutAt !== null && this.#passed > cutAt) this.cut();
    if (rate === null) return;
    this.#freeAt = Math.max(this.#freeAt, this.now()) + (bytes / rate) * 1000;
    await pause(Math.max(0, this.#freeAt - this.now()));
  }
}
