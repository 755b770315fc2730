import type { Server } from '../../../bridge/schema/domain.js';
import type { PastState } from '../../../bridge/schema/history.js';
import { Disposables } from '../../base/disposables.js';
import type { StateMemory } from '../../base/past.js';
import type { FleetEvent, FleetStore } from '../store.js';

export interface StateLogDeps {
  readonly store: Pick<FleetStore, 'listen'>;
  readonly memory: StateMemory;
}

/** Writes the state of every server to the memory after each change. */
export class StateLog {
  readonly #disposables = new Disposables();

  constructor(private readonly deps: StateLogDeps) {}

  start(): void {
    this.#disposables.add(this.deps.store.listen((event) => this.#take(event)));
  }

  stop(): void {
    this.#disposables.dispose();
  }

  #take({ changes, next }: FleetEvent): void {
    for (const change of changes) {
      if (change.kind === 'server-removed') this.deps.memory.saw(change.serverId, 'unknown');
      if (change.kind === 'server-upserted') this.#see(change.server);
      if (change.kind === 'server-patched') this.#see(next.servers.get(change.serverId));
    }
  }

  #see(server: Server | undefined): void {
    if (server !== undefined) this.deps.memory.saw(server.id, stateOf(server));
  }
}

function stateOf({ power, crashedAt, crash }: Server): PastState {
  if (power === null) return 'unknown';
  // An unseen end may have been a normal stop.
  return power === 'offline' && crashedAt !== null && crash?.unseen === undefined ? 'crashed' : power;
}
