import type { Change, FleetState } from '../../bridge/changes.js';
import type { Alert } from '../../bridge/domain.js';
import type { Clock } from '../base/ports.js';
import { crashAlert } from './crash-alert.js';

/** A server that crashes again and again is told of once in this time; the crashes between are on its row. */
const coolDownMs = 60_000;

/** A change of the fleet, as `FleetStore` tells it. */
interface FleetEvent {
  readonly previous: FleetState;
  readonly next: FleetState;
  readonly changes: readonly Change[];
}

export interface AlertsDeps {
  /** The `FleetStore`. */
  store: { listen(listener: (event: FleetEvent) => void): () => void };
  clock: Clock;
  /** What a person should be told, once per crash and at most once a minute per server. Settings are the listener's. */
  onAlert(alert: Alert): void;
}

/** Turns changes of the fleet into alerts. */
export class Alerts {
  readonly #deps: AlertsDeps;
  readonly #toldAt = new Map<string, number>();
  #end: (() => void) | null = null;

  constructor(deps: AlertsDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#end ??= this.#deps.store.listen((event) => this.#consider(event));
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
  }

  #consider({ previous, next, changes }: FleetEvent): void {
    const touched = new Set<string>();
    for (const change of changes) {
      if (change.kind === 'server-patched' && typeof change.patch.crashedAt === 'number')
        touched.add(change.serverId);
      if (change.kind === 'server-upserted') touched.add(change.server.id);
      if (change.kind === 'server-removed') this.#toldAt.delete(change.serverId);
    }
    const { clock } = this.#deps;
    const wallOf = (at: number): number => at - clock.now() + clock.wall();
    for (const serverId of touched) {
      const alert = crashAlert(previous, next, serverId, wallOf);
      if (alert !== null && this.#isDue(serverId)) this.#deps.onAlert(alert);
    }
  }

  #isDue(serverId: string): boolean {
    const now = this.#deps.clock.now();
    const toldAt = this.#toldAt.get(serverId);
    if (toldAt !== undefined && now - toldAt < coolDownMs) return false;
    this.#toldAt.set(serverId, now);
    return true;
  }
}
