import type { Change } from '../../bridge/changes.js';
import { toSnapshot } from '../../bridge/changes.js';
import type { FleetStore } from '../fleet/store.js';
import type { Clock } from '../base/ports.js';
import type { Sink, Source } from './feeds.js';

/** Changes of this long travel together. */
const batchMs = 30;
/** A server's figures go to a window at most this often: 4 times a second (DESIGN, "The way of data"). */
const usageMs = 250;

/** The feed `fleet`: the store's state, then its changes in batches. */
export function fleetSource(store: Pick<FleetStore, 'state' | 'listen'>, clock: Clock): Source<'fleet'> {
  return (_params, sink) => {
    const batch = new FleetBatch(sink, clock);
    sink.snapshot(toSnapshot(store.state));
    const end = store.listen((event) => batch.add(event.changes));
    return () => {
      end();
      batch.stop();
    };
  };
}

type UsageChange = Extract<Change, { kind: 'usage' }>;

/** Collects changes of one subscription; of figures only the newest of each server is kept. */
class FleetBatch {
  readonly #sink: Pick<Sink<'fleet'>, 'change'>;
  readonly #clock: Clock;
  #changes: Change[] = [];
  readonly #usage = new Map<string, UsageChange>();
  readonly #usageSentAt = new Map<string, number>();
  #timer: { at: number; cancel: () => void } | null = null;

  constructor(sink: Pick<Sink<'fleet'>, 'change'>, clock: Clock) {
    this.#sink = sink;
    this.#clock = clock;
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) this.#sort(change);
    if (this.#changes.length > 0) this.#flushWithin(batchMs);
    else if (this.#usage.size > 0) this.#flushWithin(Math.max(batchMs, this.#nextUsage()));
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #sort(change: Change): void {
    if (change.kind === 'usage') {
      this.#usage.set(change.serverId, change);
      return;
    }
    this.#changes.push(change);
    // A whole server carries its newest figures; of one that is gone there is nothing left to say.
    if (change.kind === 'server-upserted') this.#usage.delete(change.server.id);
    if (change.kind === 'server-removed') {
      this.#usage.delete(change.serverId);
      this.#usageSentAt.delete(change.serverId);
    }
  }

  #flushWithin(ms: number): void {
    const at = this.#clock.now() + ms;
    if (this.#timer !== null && this.#timer.at <= at) return;
    this.#timer?.cancel();
    this.#timer = { at, cancel: this.#clock.after(ms, () => this.#flush()) };
  }

  #flush(): void {
    this.#timer = null;
    const now = this.#clock.now();
    const due = [...this.#usage.values()].filter((change) => this.#waitOf(change.serverId) <= 0);
    for (const { serverId } of due) {
      this.#usage.delete(serverId);
      this.#usageSentAt.set(serverId, now);
    }
    const changes = [...this.#changes, ...due];
    this.#changes = [];
    if (this.#usage.size > 0) this.#flushWithin(Math.max(batchMs, this.#nextUsage()));
    if (changes.length > 0) this.#sink.change(changes);
  }

  /** Milliseconds until the first waiting figures may go. */
  #nextUsage(): number {
    return Math.min(...[...this.#usage.keys()].map((serverId) => this.#waitOf(serverId)));
  }

  #waitOf(serverId: string): number {
    const last = this.#usageSentAt.get(serverId);
    return last === undefined ? 0 : last + usageMs - this.#clock.now();
  }
}
