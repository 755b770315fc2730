import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Level } from 'level';
import type { Database } from './data/databases.js';
import type { Schedule } from './data/schedules.js';
import type { ApiKey, Backup, Egg, Node, Server, SshKey, User, WorldSeed } from './data/world.js';
import { idOf, World, type RecordKind } from './records.js';

/** Version of the records. A store of another version is started over. */
const FORM = 1;

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
