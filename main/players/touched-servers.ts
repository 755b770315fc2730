import type { Change } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';

/**
 * Hands over the servers whose state or facts changed. Delayed, because nested changes of the store would reach its
 * listeners in the wrong order.
 */
export class TouchedServers {
  readonly #ids = new Set<string>();
  readonly #alarm: Alarm;

  constructor(
    clock: Clock,
    private readonly store: Pick<FleetStore, 'state'>,
    private readonly take: (server: Server) => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  add(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.kind === 'server-upserted') this.#ids.add(change.server.id);
      if (change.kind === 'server-patched' && change.patch.power !== undefined)
        this.#ids.add(change.serverId);
    }
    if (this.#ids.size > 0 && !this.#alarm.isSet) this.#alarm.set(0, () => this.#handOver());
  }

  stop(): void {
    this.#alarm.clear();
  }

  #handOver(): void {
    const touched = [...this.#ids];
    this.#ids.clear();
    for (const id of touched) {
      const server = this.store.state.servers.get(id);
      if (server !== undefined) this.take(server);
    }
  }
}
