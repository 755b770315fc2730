import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Level } from 'level';
import type { Database } from './data/databases.js';
import type { Schedule } from './data/schedules.js';
import type { Allocation, ApiKey, Backup, Egg, Node, Server, SshKey, User, WorldSeed } from './data/world.js';

/** Version of the records. A store of another version is started over. */
const FORM = 1;

type RecordKind = 'user' | 'key' | 'node' | 'egg' | 'server' | 'backup' | 'ssh-key' | 'schedule' | 'database';

/** Called with a changed record, or null for a removed one. */
export type Changed = (kind: RecordKind, id: string, record: unknown) => void;

/** The panel's records in memory. Code that changes a record calls `save...`, which stores it. */
export class World {
  readonly users = new Map<number, User>();
  readonly keys = new Map<string, ApiKey>();
  readonly nodes = new Map<number, Node>();
  readonly eggs = new Map<number, Egg>();
  readonly servers = new Map<string, Server>();
  /** By UUID, in the order of creation; with deleted ones. */
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

  /** Oldest first; with deleted ones. */
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

function idOf({ userId, fingerprint }: SshKey): string {
  return `${userId}/${fingerprint}`;
}

function known<T>(record: T | undefined, what: string): T {
  if (record === undefined) throw new Error(`The sandbox's store has no ${what}; start it with --fresh.`);
  return record;
}

/** The store could not be opened. The message is for the user. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** A world on disk: loaded when opened, written at every change, flushed when closed. */
export class Store {
  readonly world: World;
  #writes: Promise<void> = Promise.resolve();
  #failure: Error | null = null;

  private constructor(
    private readonly db: Level<string, unknown>,
    seed: WorldSeed,
  ) {
    this.world = new World(seed, (kind, id, record) => this.#write(`${kind}/${id}`, record));
  }

  /** Opens `folder`. A new folder, one of an older version, or `fresh` starts with `seed`. */
  static async open(folder: string, fresh: boolean, seed: () => WorldSeed): Promise<Store> {
    const path = join(folder, 'store');
    const db = await openLevel(path).catch((error: unknown) => {
      throw new StoreError(whyNotOpened(error, folder));
    });
    if (fresh || (await db.get('form')) !== FORM) {
      await db.clear();
      const begun = seed();
      await db.batch(entriesOf(begun).map(([key, value]) => ({ type: 'put' as const, key, value })));
      await db.put('form', FORM);
      return new Store(db, begun);
    }
    return new Store(db, await load(db));
  }

  /** Waits for pending writes and closes the store. */
  async close(): Promise<void> {
    await this.#writes;
    await this.db.close();
    if (this.#failure) throw this.#failure;
  }

  #write(key: string, record: unknown): void {
    // Copies the record, because it may change before the write.
    const value: unknown = structuredClone(record);
    this.#writes = this.#writes
      .then(() => (value === null ? this.db.del(key) : this.db.put(key, value)))
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      });
  }
}

async function openLevel(path: string): Promise<Level<string, unknown>> {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const db = new Level<string, unknown>(path, { valueEncoding: 'json' });
  await db.open();
  return db;
}

function entriesOf(seed: WorldSeed): [string, unknown][] {
  return [
    ...seed.users.map((user): [string, unknown] => [`user/${user.id}`, user]),
    ...seed.keys.map((key): [string, unknown] => [`key/${key.token}`, key]),
    ...seed.nodes.map((node): [string, unknown] => [`node/${node.id}`, node]),
    ...seed.eggs.map((egg): [string, unknown] => [`egg/${egg.id}`, egg]),
    ...seed.servers.map((server): [string, unknown] => [`server/${server.uuid}`, server]),
    ...(seed.backups ?? []).map((backup): [string, unknown] => [`backup/${backup.uuid}`, backup]),
    ...(seed.sshKeys ?? []).map((key): [string, unknown] => [`ssh-key/${idOf(key)}`, key]),
    ...(seed.schedules ?? []).map((each): [string, unknown] => [`schedule/${each.id}`, each]),
    ...(seed.databases ?? []).map((each): [string, unknown] => [`database/${each.id}`, each]),
  ];
}

async function load(db: Level<string, unknown>): Promise<WorldSeed> {
  const all = async <T>(kind: RecordKind): Promise<T[]> =>
    // Only this program writes the store, in the format of FORM.
    (await db.values({ gte: `${kind}/`, lt: `${kind}0` }).all()) as T[];
  return {
    users: await all<User>('user'),
    keys: await all<ApiKey>('key'),
    nodes: await all<Node>('node'),
    eggs: await all<Egg>('egg'),
    servers: await all<Server>('server'),
    backups: await all<Backup>('backup'),
    sshKeys: await all<SshKey>('ssh-key'),
    schedules: await all<Schedule>('schedule'),
    databases: await all<Database>('database'),
  };
}

function whyNotOpened(error: unknown, folder: string): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  if (code === 'LEVEL_LOCKED') {
    return `Another sandbox is using the data folder ${folder}; end it, or name another folder with --data.`;
  }
  const detail = cause instanceof Error ? cause.message : String(cause);
  return `The data folder ${folder} cannot be used (${detail}); name another one with --data.`;
}
