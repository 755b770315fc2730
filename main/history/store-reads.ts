import type { Log } from '../base/ports.js';
import type { SerialQueue } from '../base/serial-queue.js';
import type { HistoryDisk } from './history-disk.js';
import { causeOf, isCorruption, type Level } from './level-folder.js';

export interface StoreReadsDeps {
  readonly log: Log;
  /** Runs the writes. */
  readonly queue: Pick<SerialQueue, 'run'>;
  readonly disk: Pick<HistoryDisk, 'level' | 'failed'>;
}

/** A read of the store; null = the store is closed, so only the memory counts. */
type Read<T> = (level: Level | null) => Promise<T>;

/** Reads the store of the history, and reads again without the store after a failure. */
export class StoreReads {
  constructor(private readonly deps: StoreReadsDeps) {}

  /**
   * Reads while nothing is being written, so that no entry is missing because the disk got the entry after the read of
   * the disk and before the read of the memory.
   */
  alone<T>(read: Read<T>): Promise<T> {
    const { queue, disk } = this.deps;
    return queue.run(() => read(disk.level)).catch((error: unknown) => this.#without(error, read));
  }

  /** Reads at once. */
  now<T>(read: Read<T>): Promise<T> {
    return read(this.deps.disk.level).catch((error: unknown) => this.#without(error, read));
  }

  /** Reports a failed read. A corrupt store is closed. */
  async failed(error: unknown): Promise<void> {
    const { log, queue, disk } = this.deps;
    log.warn('history.unread', { message: causeOf(error) });
    if (isCorruption(error)) await queue.run(() => disk.failed(error));
  }

  async #without<T>(error: unknown, read: Read<T>): Promise<T> {
    await this.failed(error);
    return read(null);
  }
}
