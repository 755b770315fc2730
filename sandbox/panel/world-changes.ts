import type { Allocation, EggVariable, Node, Server, ServerStatus, User } from '../data/world.js';
import type { World } from '../records.js';
import { NodeDown, type State, type WingsNode } from '../wings/api.js';
import { BackupWorld } from './backups/backup-world.js';
import type { Chronicle, Happening } from './chronicle.js';
import type { PanelDialect } from './dialect.js';
import { DatabaseWorld } from './databases/database-world.js';
import type { Disturbance } from './disturbances.js';
import type { Fault, NodeGateway } from './node-gateway.js';
import { GameChanges } from './game-changes.js';
import { PeopleChanges } from './people-changes.js';
import type { CallLimits } from './rate-limit.js';
import { ScheduleWorld } from './schedules/schedule-world.js';
import type { Scheduler } from './schedules/scheduler.js';
import { NodeFiles } from './node-files.js';
import { SocketChanges } from './socket-changes.js';
import type { PanelState } from './state.js';
import { Targets } from './targets.js';

export interface WorldChangesDeps {
  world: World;
  dialect: PanelDialect;
  limits: CallLimits;
  scheduler: Scheduler;
  nodes: ReadonlyMap<number, WingsNode>;
  gateway: NodeGateway;
  state: PanelState;
  chronicle: Chronicle;
  now: () => number;
  /** Starts a node that was down, with the servers that ran before. */
  raise: (node: Node) => Promise<void>;
}

/**
 * Changes by an administrator or by accident, for tests that change the world under a running application. `targets.ts`
 * defines how servers, nodes and users are named.
 */
export class WorldChanges {
  readonly people: PeopleChanges;
  readonly sockets: SocketChanges;
  readonly nodeFiles: NodeFiles;
  readonly backups: BackupWorld;
  readonly schedules: ScheduleWorld;
  readonly databases: DatabaseWorld;
  readonly games: GameChanges;
  readonly #targets: Targets;

  constructor(private readonly deps: WorldChangesDeps) {
    this.#targets = new Targets(deps.world);
    this.people = new PeopleChanges({ ...deps, targets: this.#targets });
    this.sockets = new SocketChanges({ ...deps, targets: this.#targets });
    this.nodeFiles = new NodeFiles(deps.nodes, this.#targets);
    this.backups = new BackupWorld({ ...deps, targets: this.#targets });
    this.schedules = new ScheduleWorld({ ...deps, targets: this.#targets });
    this.databases = new DatabaseWorld({ ...deps, targets: this.#targets });
    this.games = new GameChanges(deps.gateway, this.#targets);
  }

  /**
   * Suspends a server. The panel refuses further calls; the node stops the process, and newer nodes cut its websockets
   * (PROTOCOL 4.9).
   */
  suspend(id: string): void {
    const server = this.server(id);
    this.setStatus(id, 'suspended');
    this.#ifUp(() => this.#nodeOf(server).sync(server.uuid));
  }

  unsuspend(id: string): void {
    this.setStatus(id, null);
  }

  setStatus(id: string, status: ServerStatus): void {
    const server = this.server(id);
    server.status = status;
    this.deps.world.saveServer(server);
  }

  setTransferring(id: string, transferring: boolean): void {
    const server = this.server(id);
    server.transferring = transferring;
    this.deps.world.saveServer(server);
  }

  /** Runs the first installation of a new server. */
  install(id: string): void {
    const server = this.server(id);
    this.setStatus(id, 'installing');
    this.#nodeOf(server).install(server.uuid);
  }

  /** An empty list keeps the access without any permission; null removes the access. Existing tokens are refused. */
  setPermissions(id: string, person: string, permissions: readonly string[] | null): void {
    const server = this.server(id);
    const user = this.user(person);
    const others = server.subusers.filter((subuser) => subuser.userId !== user.id);
    const createdAt = new Date(this.deps.now()).toISOString();
    server.subusers =
      permissions === null
        ? others
        : [...others, { userId: user.id, permissions: [...permissions], createdAt }];
    this.deps.world.saveServer(server);
    this.#ifUp(() => this.#nodeOf(server).revoke(user.uuid, server.uuid));
  }

  async takeNodeDown(name: string): Promise<void> {
    const node = this.node(name);
    if (node.down) return;
    node.down = true;
    this.deps.world.saveNode(node);
    await this.deps.nodes.get(node.id)?.stop();
  }

  async bringNodeUp(name: string): Promise<void> {
    const node = this.node(name);
    if (!node.down) return;
    node.down = false;
    this.deps.world.saveNode(node);
    await this.deps.raise(node);
  }

  setNodeMaintenance(name: string, maintenance: boolean): void {
    const node = this.node(name);
    node.maintenance = maintenance;
    this.deps.world.saveNode(node);
  }

  setPanelState(state: Partial<PanelState>): void {
    Object.assign(this.deps.state, state);
  }

  /** Sets a fault between panel and node; null removes it. */
  setFault(id: string, fault: Fault | null): void {
    this.deps.gateway.setFault(this.server(id), fault);
  }

  /** Adds an answer that replaces the panel's own. The newest is used first. */
  disturb(disturbance: Disturbance): void {
    this.deps.state.disturbances.unshift({ ...disturbance });
  }

  calm(kind: Disturbance['kind']): void {
    const { state } = this.deps;
    state.disturbances = state.disturbances.filter((each) => each.kind !== kind);
  }

  /** A change by another user of the panel. */
  edit(id: string, fields: { name?: string | undefined; description?: string | undefined }): void {
    const server = this.server(id);
    server.name = fields.name ?? server.name;
    server.description = fields.description ?? server.description;
    this.deps.world.saveServer(server);
  }

  /** Sets any image, also one that the egg does not have, as administrators may. */
  setImage(id: string, image: string): void {
    const server = this.server(id);
    server.image = image;
    this.deps.world.saveServer(server);
  }

  /** The first allocation is the primary one; an empty list leaves the server without an address. */
  setAllocations(id: string, allocations: readonly Omit<Allocation, 'id'>[], limit?: number | null): void {
    const server = this.server(id);
    const all = [...this.deps.world.servers.values()].flatMap((each) => each.allocations);
    const next = Math.max(0, ...all.map((each) => each.id)) + 1;
    server.allocations = allocations.map((each, index) => ({ id: next + index, ...each }));
    server.primaryAllocationId = server.allocations[0]?.id ?? 0;
    if (limit !== undefined) server.featureLimits.allocations = limit;
    this.deps.world.saveServer(server);
  }

  /** Changes a variable of the server's egg, and thereby of every server of that egg. */
  setVariable(id: string, env: string, fields: Partial<EggVariable>): void {
    const server = this.server(id);
    Object.assign(this.#targets.variable(server, env), fields);
    this.deps.world.saveEgg(this.deps.world.eggOf(server));
  }

  removeVariable(id: string, env: string): void {
    const server = this.server(id);
    const egg = this.deps.world.eggOf(server);
    const gone = this.#targets.variable(server, env);
    egg.variables = egg.variables.filter((each) => each !== gone);
    this.deps.world.saveEgg(egg);
  }

  setOwner(id: string, person: string): void {
    const server = this.server(id);
    const before = this.deps.world.user(server.ownerId);
    server.ownerId = this.user(person).id;
    this.deps.world.saveServer(server);
    this.#ifUp(() => this.#nodeOf(server).revoke(before.uuid, server.uuid));
  }

  removeServer(id: string): void {
    const server = this.server(id);
    this.deps.world.removeServer(server.uuid);
    this.#ifUp(() => this.#nodeOf(server).remove(server.uuid));
  }

  /** True state of a server, independent of what its panel shows. */
  look(id: string): Record<string, unknown> {
    const { world, gateway } = this.deps;
    const server = this.server(id);
    const { uuid, name, description, status, transferring, image, values, allocations, subusers } = server;
    const rights = subusers.map(({ userId, permissions }) => [world.user(userId).username, permissions]);
    return {
      uuid,
      name,
      description,
      status,
      state: this.state(id),
      transferring,
      image,
      values,
      allocations,
      owner: world.user(server.ownerId).username,
      permissions: Object.fromEntries(rights),
      passedOn: gateway.passedOn(server),
    };
  }

  /** Facts since the last call. */
  happenings(): Happening[] {
    return this.deps.chronicle.read();
  }

  /** Current power state. */
  state(id: string): State {
    return this.deps.gateway.state(this.server(id));
  }

  server(id: string): Server {
    return this.#targets.server(id);
  }

  node(name: string): Node {
    return this.#targets.node(name);
  }

  user(person: string): User {
    return this.#targets.user(person);
  }

  #nodeOf(server: Server): WingsNode {
    return this.deps.gateway.nodeOf(server);
  }

  #ifUp(verb: () => void): void {
    try {
      verb();
    } catch (error) {
      // A node that is down learns of the change when it is up again.
      if (!(error instanceof NodeDown)) throw error;
    }
  }
}
