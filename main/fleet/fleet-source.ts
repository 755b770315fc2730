import type { Change } from '../../bridge/fleet/changes.js';
import { toSnapshot } from '../../bridge/fleet/changes.js';
import type { FleetStore } from './store.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { Sink, Source } from '../base/feed-source.js';

/** Ms for which changes are collected into one batch. */
const batchMs = 30;

/** The feed `fleet`: a snapshot of the store, then changes in batches. */
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

/**
 * Collects the changes of one subscription. A batch has only the newest usage of each server.
 * The source limits how often usage comes: the panel's rate limit for polls, `SessionSlot` for sessions.
 */
class FleetBatch {
  readonly #due: Alarm;
  #changes: Change[] = [];
  readonly #usage = new Map<string, Change>();

  constructor(
    private readonly sink: Pick<Sink<'fleet'>, 'change'>,
    clock: Clock,
  ) {
    this.#due = new Alarm(clock);
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) this.#sort(change);
    if (!this.#due.isSet) this.#due.set(batchMs, () => this.#flush());
  }

  stop(): void {
    this.#due.clear();
  }

  #sort(change: Change): void {
    if (change.kind === 'usage') {
      this.#usage.set(change.serverId, change);
      return;
    }
    this.#changes.push(change);
    // A complete server includes its newest usage, and a removed server needs none.
    if (change.kind === 'server-upserted') this.#usage.delete(change.server.id);
    if (change.kind === 'server-removed') this.#usage.delete(change.serverId);
  }

  #flush(): void {
    const changes = [...this.#changes, ...this.#usage.values()];
    this.#changes = [];
    this.#usage.clear();
    if (changes.length > 0) this.sink.change(changes);
  }
}
