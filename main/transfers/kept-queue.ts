import type { TransferRecord } from '../../bridge/schema/transfers.js';
import type { Log, TransferStore } from '../base/ports.js';
import {
  afterEvent,
  beyond,
  isSameQueue,
  recordsOf,
  restoredQueue,
  type QueueEvent,
  type TransferQueue,
} from './transfer-queue.js';
import type { QueuedTransfer } from './transfer-kinds.js';

export interface KeptQueueDeps {
  readonly log: Log;
  /** The queue of the last run. */
  readonly kept: TransferStore;
  /** Called after each change in memory. */
  readonly changed: () => void;
}

/** Finished transfers that the list keeps. */
const keptDone = 20;

/** The queue of transfers in memory and on disk. */
export class KeptQueue {
  #all: TransferQueue = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly deps: KeptQueueDeps) {}

  get all(): TransferQueue {
    return this.#all;
  }

  find(id: string): QueuedTransfer | undefined {
    return this.#all.find((one) => one.id === id);
  }

  /** Reads the queue of the last run. `accounts` = ids of the known accounts. */
  async load(accounts: readonly string[]): Promise<void> {
    this.#all = restoredQueue(await this.deps.kept.load(), accounts);
  }

  /** Takes an event in memory only. */
  take(event: QueueEvent): void {
    this.#all = afterEvent(this.#all, event);
    this.deps.changed();
  }

  /** Adds a transfer, or adds nothing if the disk fails. Rejects with `PerchError`. */
  async add(transfer: TransferRecord): Promise<void> {
    try {
      await this.save({ kind: 'added', transfer });
    } catch (error) {
      this.take({ kind: 'removed', id: transfer.id });
      throw error;
    }
  }

  /** Takes an event, and resolves when the queue is on disk. Rejects with `PerchError`. */
  async save(event: QueueEvent): Promise<void> {
    const before = this.#all;
    this.take(event);
    for (const id of beyond(this.#all, keptDone)) this.take({ kind: 'removed', id });
    if (isSameQueue(before, this.#all)) return;
    try {
      const saving = this.deps.kept.save(recordsOf(this.#all));
      this.#saving = saving.catch(() => undefined);
      await saving;
    } catch (error) {
      this.deps.log.warn('transfers.not-saved', { event: event.kind });
      throw error;
    }
  }

  /** Resolves when the disk has the last change, or failed to take it. */
  idle(): Promise<void> {
    return this.#saving;
  }
}
