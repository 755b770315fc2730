import { join } from 'node:path';
import * as z from 'zod';
import { Alarm } from '../base/alarm.js';
import type { Clock, CommandHistoryStore, Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { UnusableFile } from './notices.js';
import { StoredFile } from './stored-file.js';

const version = 1;
const most = 500;
/** Longest stored command in characters. Nobody types a longer command again: it is data. */
const longest = 4000;
/** Limit for all servers together; the least recently used servers go first. */
const mostCharacters = 5_000_000;
const writeAfterMs = 1000;

const fileSchema = z.object({
  version: z.literal(version),
  /** Server id -> its commands, oldest first. The most recently used server comes last. */
  servers: z.record(z.string(), z.array(z.string())),
});

export interface CommandHistoriesFileDeps {
  /** The data folder; created if it does not exist. */
  folder: string;
  clock: Clock;
  log: Log;
  setAside?: (what: UnusableFile) => void;
}

/** `histories.json` in the data folder. An unusable file is kept aside. */
export class CommandHistoriesFile implements CommandHistoryStore {
  readonly #file: StoredFile;
  readonly #nextWrite: Alarm;
  #servers: Promise<Map<string, string[]>> | null = null;
  readonly #writes = new SerialQueue();

  constructor(private readonly deps: CommandHistoriesFileDeps) {
    this.#nextWrite = new Alarm(deps.clock);
    this.#file = new StoredFile({
      path: join(deps.folder, 'histories.json'),
      logName: 'histories',
      content: 'histories',
      log: deps.log,
      setAside: (what) => deps.setAside?.(what),
    });
  }

  async of(serverId: string): Promise<readonly string[]> {
    return (await this.#load()).get(serverId) ?? [];
  }

  add(serverId: string, command: string): void {
    if (command.length > longest || command.trim() === '') return;
    void this.#load().then((servers) => {
      const commands = servers.get(serverId) ?? [];
      // Moves the server to the end, as the most recently used.
      servers.delete(serverId);
      servers.set(serverId, commands);
      if (commands.at(-1) === command) return;
      commands.push(command);
      if (commands.length > most) commands.shift();
      keepBounded(servers);
      this.#writeSoon();
    });
  }

  async forget(serverId: string): Promise<void> {
    const servers = await this.#load();
    if (!servers.delete(serverId)) return;
    await this.#write();
  }

  async forgetCommand(serverId: string, command: string): Promise<void> {
    const servers = await this.#load();
    const left = (servers.get(serverId) ?? []).filter((one) => one !== command);
    if (left.length > 0) servers.set(serverId, left);
    else servers.delete(serverId);
    // Writes even if the command was not there, because an earlier write may have failed.
    await this.#write();
  }

  async forgetAccount(accountId: string): Promise<void> {
    const servers = await this.#load();
    const gone = [...servers.keys()].filter((id) => id.startsWith(`${accountId}/`));
    if (gone.length === 0) return;
    for (const id of gone) servers.delete(id);
    await this.#write();
  }

  /** Writes pending changes. */
  async stop(): Promise<void> {
    if (this.#nextWrite.isSet) await this.#write().catch(() => undefined);
    await this.#writes.idle();
  }

  #load(): Promise<Map<string, string[]>> {
    return (this.#servers ??= this.#read());
  }

  async #read(): Promise<Map<string, string[]>> {
    const file = await this.#file.readAs(fileSchema, version);
    return new Map(Object.entries(file?.servers ?? {}));
  }

  #writeSoon(): void {
    if (this.#nextWrite.isSet) return;
    this.#nextWrite.set(writeAfterMs, () => {
      this.#write().catch(() => undefined);
    });
  }

  #write(): Promise<void> {
    this.#nextWrite.clear();
    return this.#writes.run(() => this.#writeNow());
  }

  async #writeNow(): Promise<void> {
    try {
      const text = JSON.stringify({ version, servers: Object.fromEntries(await this.#load()) });
      await this.#file.write(`${text}\n`);
    } catch (error) {
      this.deps.log.warn('histories.not-written', { message: String(error) });
      throw error;
    }
  }
}

function keepBounded(servers: Map<string, string[]>): void {
  const sizeOf = (commands: readonly string[]): number =>
    commands.reduce((sum, command) => sum + command.length, 0);
  let total = [...servers.values()].reduce((sum, commands) => sum + sizeOf(commands), 0);
  for (const [id, commands] of servers) {
    if (total <= mostCharacters || servers.size === 1) return;
    servers.delete(id);
    total -= sizeOf(commands);
  }
}
