import { applyChanges, emptyFleet, type Change, type FleetState } from '../../bridge/changes.js';

export interface FleetEvent {
  readonly previous: FleetState;
  readonly next: FleetState;
  readonly changes: readonly Change[];
}

/** The one state: every server of every account. Tray, alerts and feeds are equal listeners. */
export class FleetStore {
  #state: FleetState = emptyFleet;
  readonly #listeners = new Set<(event: FleetEvent) => void>();

  get state(): FleetState {
    return this.#state;
  }

  apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const previous = this.#state;
    this.#state = applyChanges(previous, changes);
    const event = { previous, next: this.#state, changes };
    for (const listener of this.#listeners) listener(event);
  }

  /** Returns the function that ends listening. */
  listen(listener: (event: FleetEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
