import { randomUUID } from 'node:crypto';
import { access, rm, truncate } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NodeRefusal, type PanelLink } from '../api.js';
import type { OneTimeLinks } from '../links.js';
import type { Server } from '../server.js';
import type { BackupCalls, BackupFaults, BackupOrder, MadeBackup } from './api.js';
import { begin, contentsOf, emptied, measured, ownPatterns, pack, unpack } from './archive.js';
import { BackupDownloads } from './download.js';

/** Interval at which a changed rate is noticed. */
const sliceMs = 50;

const calm: BackupFaults = {
  rate: null,
  failing: false,
  restoreFailing: false,
  cutAt: null,
  downloadRate: null,
  garbled: false,
  downloadStatus: null,
};

export interface BackupsDeps {
  panel: PanelLink;
  /** Throws `NodeRefusal` for a server that the node does not have. */
  server: (uuid: string) => Server;
  folderOf: (serverUuid: string) => string;
  /** Folder of the archives. */
  folder: string;
  /** Name of a server's own ignore file. */
  ignoreFile: string;
  /** Bytes a second, unless a fault changes this. */
  rate: number;
  links: OneTimeLinks;
  log: (line: string) => void;
}

/** Backups of a node while the node is up: made from real folders, kept as archives, and restored (PROTOCOL 2.16). */
export class Backups implements BackupCalls {
  readonly #faults = new Map<string, BackupFaults>();
  /** Work that runs. */
  readonly #running = new Set<Promise<void>>();
  readonly #down = new AbortController();

  readonly #downloads: BackupDownloads;

  constructor(private readonly deps: BackupsDeps) {
    this.#downloads = new BackupDownloads({
      links: deps.links,
      server: deps.server,
      archive: (uuid) => this.#archive(uuid),
      faults: (uuid) => this.faultsOf(uuid),
      origin: () => deps.panel.url,
    });
  }

  /** Whether the request is for an archive. Answers it if so. */
  serves(request: IncomingMessage, response: ServerResponse): boolean {
    return this.#downloads.serves(request, response);
  }

  make(serverUuid: string, order: BackupOrder): void {
    const server = this.deps.server(serverUuid);
    begin(this.#archive(order.uuid));
    this.#run(`backup ${order.uuid}`, () => this.#make(server, order));
  }

  async remove(serverUuid: string, uuid: string): Promise<void> {
    this.deps.server(serverUuid);
    await this.#locate(uuid, 'The requested backup was not found on this server.');
    await rm(this.#archive(uuid));
  }

  async restore(serverUuid: string, uuid: string, truncate: boolean): Promise<void> {
    const server = this.deps.server(serverUuid);
    // The real node empties the folder before it looks for the archive.
    if (truncate) await emptied(this.deps.folderOf(serverUuid));
    await this.#locate(uuid, 'The requested resource was not found on the system.');
    this.#run(`restoration of ${uuid}`, () => this.#restore(server, uuid));
  }

  disturb(serverUuid: string, faults: Partial<BackupFaults>): void {
    this.#faults.set(serverUuid, { ...this.faultsOf(serverUuid), ...faults });
  }

  /** Faults that were ordered for a server. */
  faultsOf(serverUuid: string): BackupFaults {
    const { rate } = this.deps;
    return this.#faults.get(serverUuid) ?? { ...calm, rate };
  }

  /** Waits as long as so many bytes take; a change of the rate counts at once. */
  async take(serverUuid: string, bytes: number): Promise<void> {
    for (let left = bytes; left > 0;) {
      const { rate } = this.faultsOf(serverUuid);
      if (rate === null) return;
      const ms = Math.min((left / rate) * 1000, sliceMs);
      await pause(ms, undefined, { signal: this.#down.signal });
      left -= (rate * ms) / 1000;
    }
  }

  /** The node goes down: running backups end without a report. */
  async dispose(): Promise<void> {
    this.#down.abort();
    await Promise.all(this.#running);
  }

  #archive(uuid: string): string {
    return join(this.deps.folder, `${uuid}.tar.gz`);
  }

  async #make(server: Server, order: BackupOrder): Promise<void> {
    const { uuid } = order;
    const made = await this.#pack(server.uuid, order).catch((cause: unknown) => {
      this.deps.log(`backup ${uuid} failed: ${reasonOf(cause)}`);
      return null;
    });
    if (this.#down.signal.aborted) return;
    const isTaken = !this.deps.panel.isAway && this.deps.panel.backups.backupEnded(uuid, made);
    // An archive that the panel does not take is removed without an event.
    if (made !== null && !isTaken) return rm(this.#archive(uuid), { force: true });
    server.tell({ event: 'backup completed', args: [completed(uuid, made)] });
  }

  async #pack(serverUuid: string, { uuid, ignored, bytes: whole }: BackupOrder): Promise<MadeBackup> {
    const folder = this.deps.folderOf(serverUuid);
    const patterns = ignored === '' ? await ownPatterns(folder, this.deps.ignoreFile) : ignored;
    const { files, bytes } = await contentsOf(folder, patterns);
    const archive = this.#archive(uuid);
    await Promise.all([pack(folder, files, archive), this.take(serverUuid, bytes)]);
    if (this.faultsOf(serverUuid).failing) {
      await rm(archive, { force: true });
      throw new Error('ordered to fail');
    }
    // Zeros behind an archive of gzip are no part of it.
    if (whole !== undefined && whole !== null) await truncate(archive, whole);
    return measured(archive);
  }

  async #restore(server: Server, uuid: string): Promise<void> {
    const succeeded = await server
      .whileRestoring(() => this.#unpack(server, uuid))
      .then(
        () => true,
        (cause: unknown) => {
          this.deps.log(`restoration of ${uuid} failed: ${reasonOf(cause)}`);
          return false;
        },
      );
    if (this.#down.signal.aborted) return;
    this.deps.panel.backups.restorationEnded(uuid, succeeded);
    // The socket reports a failed restoration like a successful one.
    server.tell({ event: 'daemon message', args: ['Completed server restoration from local backup.'] });
    server.tell({ event: 'backup restore completed', args: [''] });
    await server.measureDisk();
  }

  async #unpack(server: Server, uuid: string): Promise<void> {
    if (this.#down.signal.aborted) return;
    if (this.faultsOf(server.uuid).restoreFailing) throw new Error('ordered to fail');
    const bytes = await unpack(this.#archive(uuid), this.deps.folderOf(server.uuid), (file) =>
      server.tell({ event: 'daemon message', args: [`(restoring): ${file}`] }),
    );
    await this.take(server.uuid, bytes);
  }

  async #locate(uuid: string, otherwise: string): Promise<void> {
    await access(this.#archive(uuid)).catch(() => {
      throw new NodeRefusal(404, otherwise, randomUUID());
    });
  }

  #run(what: string, work: () => Promise<void>): void {
    const running = work().catch((cause: unknown) => this.deps.log(`${what}: ${reasonOf(cause)}`));
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
  }
}

/** Arguments of the event, as Go writes them: in alphabetical order. */
function completed(uuid: string, made: MadeBackup | null): string {
  return JSON.stringify({
    checksum: made?.checksum ?? '',
    checksum_type: 'sha1',
    file_size: made?.bytes ?? 0,
    is_successful: made !== null,
    uuid,
  });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
