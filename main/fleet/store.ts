import { applyChanges, emptyFleet, type Change, type FleetState } from '../../bridge/fleet/changes.js';
import { nearLimits } from '../../bridge/fleet/shares.js';
import { Emitter } from '../base/emitter.js';

export interface FleetEvent {
  readonly previous: FleetState;
  readonly next: FleetState;
  readonly changes: readonly Change[];
}

/** State of all servers of all accounts. Tray, alerts and feeds are equal listeners. */
export class FleetStore {
  #state: FleetState = emptyFleet;
  readonly #events = new Emitter<FleetEvent>();

  get state(): FleetState {
    return this.#state;
  }

  apply(changes: readonly Change[]): void {
    if (changes.length === 0) return;
    const previous = this.#state;
    const next = applyChanges(previous, changes);
    const near = nearChanges(previous, next, changes);
    this.#state = applyChanges(next, near);
    this.#events.emit({ previous, next: this.#state, changes: [...changes, ...near] });
  }

  /** Returns the function that ends listening. */
  listen(listener: (event: FleetEvent) => void): () => void {
    return this.#events.listen(listener);
  }
}

/** Changes of the limits that servers are near, which depend on the previous state. */
function nearChanges(previous: FleetState, next: FleetState, changes: readonly Change[]): Change[] {
  const ids = new Set(changes.flatMap((change) => idOf(change) ?? []));
  return [...ids].flatMap((serverId): Change[] => {
    const server = next.servers.get(serverId);
    if (server === undefined) return [];
    const near = nearLimits(server, previous.servers.get(serverId)?.near ?? []);
    const isSame = near.join() === (server.near ?? []).join();
    return isSame ? [] : [{ kind: 'server-patched', serverId, patch: { near } }];
  });
}

function idOf(change: Change): string | null {
  switch (change.kind) {
    case 'server-upserted':
      return change.server.id;
    case 'server-patched':
    case 'usage':
      return change.serverId;
    default:
      return null;
  }
}
