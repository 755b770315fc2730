import type { World } from '../../records.js';
import type { PanelState } from '../state.js';
import type { Targets } from '../targets.js';
import { letters, newPassword } from './calls.js';
import type { DatabaseControlOrder } from './orders.js';

export interface DatabaseWorldDeps {
  world: World;
  targets: Targets;
  state: PanelState;
}

/** Changes of databases from outside of the API, for tests. */
export class DatabaseWorld {
  constructor(private readonly deps: DatabaseWorldDeps) {}

  setLimit(id: string, limit: number | null): void {
    const server = this.deps.targets.server(id);
    server.featureLimits = { ...server.featureLimits, databases: limit };
    this.deps.world.saveServer(server);
  }

  add(order: Extract<DatabaseControlOrder, { do: 'add-database' }>): void {
    const { world, targets, state } = this.deps;
    const server = targets.server(order.server);
    const { name, remote, maxConnections } = order;
    world.saveDatabase({
      id: world.nextDatabaseId(),
      serverUuid: server.uuid,
      host: {
        address: order.address ?? state.databaseHost?.address ?? '127.0.0.1',
        port: order.port ?? state.databaseHost?.port ?? 3306,
      },
      name,
      username: order.username ?? `u${server.id}_${letters(10)}`,
      password: order.password ?? newPassword(),
      remote,
      maxConnections,
    });
  }
}
