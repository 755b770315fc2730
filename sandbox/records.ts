import type { Database } from './data/databases.js';
import type { Schedule } from './data/schedules.js';
import type { Allocation, ApiKey, Backup, Egg, Node, Server, SshKey, User, WorldSeed } from './data/world.js';

export type RecordKind =
  'user' | 'key' | 'node' | 'egg' | 'server' | 'backup' | 'ssh-key' | 'schedule' | 'database';

/** Called with a changed record, or null for a removed one. */
export type Changed = (kind: RecordKind, id: string, record: unknown) => void;

/** The panel's records in memory. Code that changes a record calls `save...`, which stores it. */
export class World {
  readonly users = new Map<number, User>();
  readonly keys = new Map<string, ApiKey>();
  readonly nodes = new Map<number, Node>();
  readonly eggs = new Map<number, Egg>();
  readonly servers = new Map<string, Server>();
  /** By UUID, in the order of creation; including deleted backups. */
  readonly backups = new Map<string, Backup>();
  /** By id. */
  readonly schedules = new Map<number, Schedule>();
  /** Allocations that no server has, by node. */
  readonly #freed = new Map<number, Allocation[]>();
  #lastScheduleId = 0;
  #lastTaskId = 0;
  /** By id. */
  readonly databases = new Map<number, Database>();
  #lastDatabaseId = 0;
  /** By user and fingerprint, in the order of creation. */
  readonly sshKeys = new Map<string, SshKey>();

  constructor(
    seed: WorldSeed,
    private readonly changed: Changed = () => undefined,
  ) {
    for (const user of seed.users) this.users.set(user.id, user);
    for (const key of seed.keys) this.keys.set(key.token, key);
    for (const node of seed.nodes) this.nodes.set(node.id, node);
    for (const egg of seed.eggs) this.eggs.set(egg.id, egg);
    for (const server of [...seed.servers].sort((a, b) => a.id - b.id)) this.servers.set(server.uuid, server);
    for (const backup of [...(seed.backups ?? [])].sort(byCreation)) this.backups.set(backup.uuid, backup);
    for (const key of [...(seed.sshKeys ?? [])].sort(byCreation)) this.sshKeys.set(idOf(key), key);
    for (const schedule of [...(seed.schedules ?? [])].sort((a, b) => a.id - b.id)) {
      this.schedules.set(schedule.id, schedule);
      this.#lastScheduleId = schedule.id;
      this.#lastTaskId = Math.max(this.#lastTaskId, ...schedule.tasks.map(({ id }) => id));
    }
    for (const database of [...(seed.databases ?? [])].sort((a, b) => a.id - b.id)) {
      this.databases.set(database.id, database);
      this.#lastDatabaseId = database.id;
    }
  }

  saveServer(server: Server): void {
    this.servers.set(server.uuid, server);
    this.changed('server', server.uuid, server);
  }

  removeServer(uuid: string): void {
    this.servers.delete(uuid);
    this.changed('server', uuid, null);
    for (const backup of this.backupsOf(uuid)) this.removeBackup(backup.uuid);
    for (const schedule of this.schedulesOf(uuid)) this.removeSchedule(schedule.id);
    for (const database of this.databasesOf(uuid)) this.removeDatabase(database.id);
  }

  saveBackup(backup: Backup): void {
    this.backups.set(backup.uuid, backup);
    this.changed('backup', backup.uuid, backup);
  }

  removeBackup(uuid: string): void {
    this.backups.delete(uuid);
    this.changed('backup', uuid, null);
  }

  saveSchedule(schedule: Schedule): void {
    this.schedules.set(schedule.id, schedule);
    this.changed('schedule', String(schedule.id), schedule);
  }

  removeSchedule(id: number): void {
    this.schedules.delete(id);
    this.changed('schedule', String(id), null);
  }

  nextScheduleId(): number {
    this.#lastScheduleId += 1;
    return this.#lastScheduleId;
  }

  nextTaskId(): number {
    this.#lastTaskId += 1;
    return this.#lastTaskId;
  }

  saveDatabase(database: Database): void {
    this.databases.set(database.id, database);
    this.changed('database', String(database.id), database);
  }

  removeDatabase(id: number): void {
    this.databases.delete(id);
    this.changed('database', String(id), null);
  }

  nextDatabaseId(): number {
    this.#lastDatabaseId += 1;
    return this.#lastDatabaseId;
  }

  /** Gives an allocation back to its node. Freed allocations are lost with a restart. */
  free(nodeId: number, allocation: Allocation): void {
    this.#freed.set(nodeId, [...(this.#freed.get(nodeId) ?? []), allocation]);
  }

  /** Takes a freed allocation of the node that fits; null = none. */
  takeFree(nodeId: number, fits: (allocation: Allocation) => boolean): Allocation | null {
    const freed = this.#freed.get(nodeId) ?? [];
    const found = freed.find(fits) ?? null;
    this.#freed.set(
      nodeId,
      freed.filter((each) => each !== found),
    );
    return found;
  }

  nextAllocationId(): number {
    const all = [...this.servers.values()].flatMap(({ allocations }) => allocations);
    const ids = [...all, ...[...this.#freed.values()].flat()].map(({ id }) => id);
    return Math.max(0, ...ids) + 1;
  }

  saveUser(user: User): void {
    this.users.set(user.id, user);
    this.changed('user', String(user.id), user);
  }

  saveEgg(egg: Egg): void {
    this.eggs.set(egg.id, egg);
    this.changed('egg', String(egg.id), egg);
  }

  saveNode(node: Node): void {
    this.nodes.set(node.id, node);
    this.changed('node', String(node.id), node);
  }

  saveKey(key: ApiKey): void {
    this.keys.set(key.token, key);
    this.changed('key', key.token, key);
  }

  removeKey(token: string): void {
    this.keys.delete(token);
    this.changed('key', token, null);
  }

  saveSshKey(key: SshKey): void {
    this.sshKeys.set(idOf(key), key);
    this.changed('ssh-key', idOf(key), key);
  }

  removeSshKey(key: SshKey): void {
    this.sshKeys.delete(idOf(key));
    this.changed('ssh-key', idOf(key), null);
  }

  /** Oldest first. */
  sshKeysOf(userId: number): SshKey[] {
    return [...this.sshKeys.values()].filter((key) => key.userId === userId);
  }

  /** Finds a server by short id or UUID. The panel's database ignores case (PROTOCOL 2.0.1). */
  findServer(id: string): Server | null {
    const wanted = id.toLowerCase();
    if (wanted.length !== 8) return this.servers.get(wanted) ?? null;
    for (const server of this.servers.values()) if (server.uuid.startsWith(wanted)) return server;
    return null;
  }

  /** Oldest first; including deleted entries. */
  backupsOf(serverUuid: string): Backup[] {
    return [...this.backups.values()].filter((backup) => backup.serverUuid === serverUuid);
  }

  /** By id. */
  schedulesOf(serverUuid: string): Schedule[] {
    return [...this.schedules.values()].filter((schedule) => schedule.serverUuid === serverUuid);
  }

  /** By id. */
  databasesOf(serverUuid: string): Database[] {
    return [...this.databases.values()].filter((database) => database.serverUuid === serverUuid);
  }

  nodeOf(server: Server): Node {
    return known(this.nodes.get(server.nodeId), `node ${server.nodeId}`);
  }

  eggOf(server: Server): Egg {
    return known(this.eggs.get(server.eggId), `egg ${server.eggId}`);
  }

  user(id: number): User {
    return known(this.users.get(id), `user ${id}`);
  }
}

function byCreation(a: { createdAt: string }, b: { createdAt: string }): number {
  return a.createdAt.localeCompare(b.createdAt);
}

/** Key of an SSH key among all users' keys. */
export function idOf({ userId, fingerprint }: SshKey): string {
  return `${userId}/${fingerprint}`;
}

function known<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new Error(`The sandbox's store has no ${what}; start it with --fresh.`);
  return record;
}
