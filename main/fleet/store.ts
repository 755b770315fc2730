import { applyChanges, emptyFleet, type Change, type FleetState } from '../../bridge/changes.js';
import { Emitter } from '../base/emitter.js';

export interface FleetEvent {
  readonly previous: FleetState;
  readonly next: FleetState;
  readonly changes: readonly Change[];
}

/** The one state: every server of every account. Tray, alerts and feeds are equal listeners. */
export class FleetStore {
  #state: FleetState = emptyFleet;
  readonly #events = new Emitter<FleetEvent>();

  get state(): FleetState {
    return this.#state;
  }

  apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const previous = this.#state;
    this.#state = applyChanges(previous, changes);
    this.#events.emit({ previous, next: this.#state, changes });
  }

  /** Returns the function that ends listening. */
  listen(listener: (event: FleetEvent) => void): () => void {
    return this.#events.listen(listener);
  }
}
