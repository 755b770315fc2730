import type { BulkItem, BulkRun } from '../../../bridge/schema/bulk.js';
import { Emitter } from '../../base/emitter.js';
import type { Clock } from '../../base/ports.js';
import { Throttle } from '../../base/throttle.js';

/** Shortest time between two events for windows, in ms. */
const tellEveryMs = 250;

/**
 * State of the bulk run, and its listeners.
 *
 * A run with a thousand servers changes thousands of times, so listeners get only the latest state, a few times a
 * second.
 */
export class BulkLedger {
  readonly #changes = new Emitter<BulkRun | null>();
  readonly #throttle: Throttle<BulkRun | null>;
  #run: BulkRun | null = null;

  constructor(clock: Clock) {
    this.#throttle = new Throttle({
      clock,
      everyMs: tellEveryMs,
      pass: (run) => this.#changes.emit(run),
    });
  }

  get run(): BulkRun | null {
    return this.#run;
  }

  get unfinished(): BulkRun | null {
    return this.#run?.finishedAt === null ? this.#run : null;
  }

  /** Begins a run. All its servers wait. */
  begin(
    run: Pick<BulkRun, 'id' | 'action' | 'text' | 'startedAt' | 'pauseMs' | 'waitsForEach'>,
    servers: readonly Pick<BulkItem, 'serverId' | 'name'>[],
  ): void {
    const items = servers.map((server): BulkItem => ({ ...server, outcome: 'waiting', problem: null }));
    this.#set({ ...run, items, nextAt: null, finishedAt: null, isCancelled: false });
  }

  /** Changes the run. No-op without a run. */
  patch(fields: Partial<BulkRun>): void {
    if (this.#run !== null) this.#set({ ...this.#run, ...fields });
  }

  /** Sets the items. No event if every item is the same object as before. */
  setItems(items: BulkItem[]): void {
    if (items.some((item, index) => item !== this.#run?.items[index])) this.patch({ items });
  }

  setItem(serverId: string, fields: Partial<BulkItem>): void {
    const items = this.#run?.items ?? [];
    this.setItems(items.map((item) => (item.serverId === serverId ? { ...item, ...fields } : item)));
  }

  /** Removes a finished run. No-op for an unfinished run. */
  dismiss(): void {
    if (this.#run !== null && this.unfinished === null) this.#set(null);
  }

  /** Returns the function that ends the subscription. */
  listen(listener: (run: BulkRun | null) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** Ends without an event. Call when Perch quits. */
  stop(): void {
    this.#run = null;
    this.#throttle.drop();
  }

  #set(run: BulkRun | null): void {
    this.#run = run;
    this.#throttle.push(run);
  }
}

export function isWaiting({ outcome }: BulkItem): boolean {
  return outcome === 'waiting';
}
