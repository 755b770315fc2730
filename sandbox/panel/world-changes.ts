import { keyHolders, newKey, type KeyHolder } from '../data/seed.js';
import type { Node, Server, ServerStatus, User } from '../data/world.js';
import type { World } from '../store.js';
import { NodeDown, type State, type WingsNode } from '../wings/api.js';
import type { Fault, NodeGateway } from './node-gateway.js';
import type { PanelState } from './state.js';

/** The change names something that is not there. */
export class UnknownTarget extends Error {
  override name = 'UnknownTarget';
}

export interface WorldChangesOptions {
  world: World;
  nodes: ReadonlyMap<number, WingsNode>;
  gateway: NodeGateway;
  state: PanelState;
  now: () => number;
  /** Starts a node that was down, with the servers that ran when it went. */
  raise: (node: Node) => Promise<void>;
}

/**
 * What an administrator, or bad luck, does to a panel: for tests, which change the world under a running
 * application. Servers are named by short id, UUID or name, nodes by name, people by username or by whose key it is.
 */
export class WorldChanges {
  readonly #options: WorldChangesOptions;

  constructor(options: WorldChangesOptions) {
    this.#options = options;
  }

  /** The panel refuses from now on; the node stops the process, sockets stay open (PROTOCOL 4.9). */
  suspend(id: string): void {
    const server = this.server(id);
    this.setStatus(id, 'suspended');
    this.#ifUp(() => this.#nodeOf(server).power(server.uuid, 'stop'));
  }

  unsuspend(id: string): void {
    this.setStatus(id, null);
  }

  setStatus(id: string, status: ServerStatus): void {
    const server = this.server(id);
    server.status = status;
    this.#options.world.saveServer(server);
  }

  setTransferring(id: string, transferring: boolean): void {
    const server = this.server(id);
    server.transferring = transferring;
    this.#options.world.saveServer(server);
  }

  /** Runs the installation that a new server waits for; it ends as installations do. */
  install(id: string): void {
    const server = this.server(id);
    this.setStatus(id, 'installing');
    this.#nodeOf(server).install(server.uuid);
  }

  /** An empty list keeps the access without a right; null takes the access away. Held tokens are refused. */
  setPermissions(id: string, person: string, permissions: readonly string[] | null): void {
    const server = this.server(id);
    const user = this.user(person);
    const others = server.subusers.filter((subuser) => subuser.userId !== user.id);
    const createdAt = new Date(this.#options.now()).toISOString();
    server.subusers =
      permissions === null
        ? others
        : [...others, { userId: user.id, permissions: [...permissions], createdAt }];
    this.#options.world.saveServer(server);
    this.#ifUp(() => this.#nodeOf(server).revoke(user.uuid, server.uuid));
  }

  async takeNodeDown(name: string): Promise<void> {
    const node = this.node(name);
    if (node.down) return;
    node.down = true;
    this.#options.world.saveNode(node);
    await this.#options.nodes.get(node.id)?.stop();
  }

  async bringNodeUp(name: string): Promise<void> {
    const node = this.node(name);
    if (!node.down) return;
    node.down = false;
    this.#options.world.saveNode(node);
    await this.#options.raise(node);
  }

  setNodeMaintenance(name: string, maintenance: boolean): void {
    const node = this.node(name);
    node.maintenance = maintenance;
    this.#options.world.saveNode(node);
  }

  setPanelState(state: Partial<PanelState>): void {
    Object.assign(this.#options.state, state);
  }

  /** Something wrong between panel and node, until null is set. */
  setFault(id: string, fault: Fault | null): void {
    this.#options.gateway.setFault(this.server(id), fault);
  }

  /** Every key of that person is refused from now on. */
  revokeKeys(person: string): void {
    const user = this.user(person);
    for (const key of [...this.#options.world.keys.values()]) {
      if (key.userId === user.id) this.#options.world.removeKey(key.token);
    }
  }

  /** A further key for that person. */
  addKey(person: string): string {
    const key = newKey(this.user(person).id, new Date(this.#options.now()).toISOString());
    this.#options.world.saveKey(key);
    return key.token;
  }

  /** The power state now. */
  state(id: string): State {
    return this.#options.gateway.state(this.server(id));
  }

  server(id: string): Server {
    const { world } = this.#options;
    const named = [...world.servers.values()].find((server) => server.name === id);
    return found(world.findServer(id) ?? named, `server ${id}`);
  }

  node(name: string): Node {
    return found(
      [...this.#options.world.nodes.values()].find((node) => node.name === name),
      `node ${name}`,
    );
  }

  user(person: string): User {
    const holder = Object.hasOwn(keyHolders, person) ? keyHolders[person as KeyHolder] : undefined;
    const users = [...this.#options.world.users.values()];
    return found(
      users.find((user) => user.id === holder || user.username === person),
      `user ${person}`,
    );
  }

  #nodeOf(server: Server): WingsNode {
    return this.#options.gateway.nodeOf(server);
  }

  #ifUp(verb: () => void): void {
    try {
      verb();
    } catch (error) {
      // A node that is down learns of it when it is up again.
      if (!(error instanceof NodeDown)) throw error;
    }
  }
}

function found<T>(record: T | null | undefined, what: string): T {
  if (record === null || record === undefined) throw new UnknownTarget(`There is no ${what}.`);
  return record;
}
