/**
 * Backups of a server's files on this computer, where the host allows no backups: the node packs everything into an
 * archive, a transfer brings it into the folder for copies, and the archive leaves the server again, whatever happened.
 *
 *   await fileBackups.begin(id)   resolves when the panel is about to be asked
 *   fileBackups.current           the backups in progress, and failed ones
 *
 * What Perch had made is remembered before the panel is asked, so that the next run removes the archive after a crash.
 */
import { PerchError, toProblem, type Problem } from '../../bridge/errors.js';
import type { FileBackup, FileBackupRecord } from '../../bridge/schema/file-backups.js';
import type { WantedTransfer } from '../../bridge/schema/transfers.js';
import type { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import { Watchable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';
import { removeArchive } from './archive-removal.js';
import { arrived, type ArrivingTransfers } from './arrived.js';
import { copyFile } from './copies-names.js';
import { isArchiveOf, namedByTime, wantedName } from '../archives/node-archives.js';
import type { FileBackupPanel, FileEntry } from './file-backup-panel.js';
import {
  busy,
  dropped,
  isRefusal,
  leftBehind,
  packable,
  strange,
  unfinished,
} from './file-backup-problems.js';
import type { FileBackupRecords } from './file-backup-records.js';
import { wholeArchive } from '../archives/whole-archive.js';

export interface FileBackupsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly records: FileBackupRecords;
  readonly transfers: ArrivingTransfers & { add(wanted: WantedTransfer): Promise<string> };
  readonly facts: Pick<Emitter<ReportedFact>, 'emit'>;
  /** Throws `PerchError` if a known obstacle prevents a backup. */
  readonly ready: (serverId: string) => void;
  /** The server on its panel. Throws `PerchError` if the panel has not listed the server. */
  readonly panelOf: (serverId: string) => FileBackupPanel;
  /** Calls once the panel has listed the server, or soon if the panel no longer has the server. */
  readonly whenListed: (serverId: string, run: () => void) => () => void;
  /** Folder for the copies of a server. Rejects with `PerchError`. */
  readonly folder: (serverId: string) => Promise<string>;
  readonly newId: () => string;
}

interface Run extends FileBackup {
  readonly record: FileBackupRecord | null;
}

export class FileBackups extends Watchable<readonly FileBackup[]> {
  readonly #runs = new Map<string, Run>();
  readonly #disposables = new Disposables();
  #isStopped = false;

  constructor(private readonly deps: FileBackupsDeps) {
    super([]);
  }

  /** Takes up what an earlier run of Perch left behind. Call after the queue of transfers was read. */
  start(): void {
    for (const record of this.deps.records.all) {
      const { serverId, id, transfer, isHere } = record;
      const step = transfer === null || isHere === true ? 'remove' : 'download';
      const problem = transfer === null ? unfinished : null;
      this.#set({ serverId, id, step, problem, record });
      this.#disposables.add(this.deps.whenListed(serverId, () => void this.#resume(record)));
    }
  }

  /** The next run of Perch continues the backups that are not over. */
  stop(): void {
    this.#isStopped = true;
    this.#disposables.dispose();
  }

  /** Resolves with the id of the backup when the panel is about to be asked. Rejects with `PerchError`. */
  async begin(serverId: string): Promise<string> {
    const { newId, panelOf, ready, folder, clock } = this.deps;
    const running = this.#runs.get(serverId);
    if (running !== undefined && running.step !== 'failed') throw new PerchError(busy);
    ready(serverId);
    const id = newId();
    const panel = panelOf(serverId);
    this.#set({ serverId, id, step: 'compress', problem: null, record: null });
    try {
      const target = await folder(serverId);
      const entries = await panel.list();
      const files = packable(entries);
      const at = clock.wall() + panel.clockAhead();
      const record = { serverId, id, at, before: namedByTime(entries), name: null, transfer: null };
      await this.deps.records.keep(record);
      void this.#bring(panel, record, files, target);
      return id;
    } catch (error) {
      this.#forget(serverId);
      throw error;
    }
  }

  /** Resolves when the backup is over, with what prevented the copy; null = the copy is here. */
  over(id: string): Promise<Problem | null> {
    return new Promise((resolve) => {
      const look = (all: readonly FileBackup[]): void => {
        const one = all.find((each) => each.id === id);
        if (one !== undefined && one.step !== 'failed') return;
        unlisten();
        resolve(one?.problem ?? null);
      };
      const unlisten = this.listen(look);
      look(this.current);
    });
  }

  async #bring(
    panel: FileBackupPanel,
    begun: FileBackupRecord,
    files: readonly string[],
    folder: string,
  ): Promise<void> {
    let record = begun;
    let problem: Problem | null = null;
    try {
      const { archive, isNamed } = await this.#compressed(panel, record, files);
      if (isNamed) record = { ...record, name: archive.name };
      await this.#keep(record, 'compress');
      const transfer = await this.#fetch(panel, record, archive, folder);
      record = { ...record, transfer };
      await this.#keep(record, 'download');
      if (await arrived(this.deps.transfers, transfer, this.#disposables))
        record = await this.#here({ ...record, name: archive.name });
      else problem = dropped;
    } catch (error) {
      problem = toProblem(error);
      this.deps.log.warn('file-backups.failed', { serverId: begun.serverId, code: problem.code });
    }
    await this.#remove(record, problem);
  }

  /** The archive, when it is whole. `isNamed` = the panel told its name; otherwise it may be somebody else's. */
  async #compressed(
    panel: FileBackupPanel,
    record: FileBackupRecord,
    files: readonly string[],
  ): Promise<{ readonly archive: FileEntry; readonly isNamed: boolean }> {
    let archive: FileEntry;
    try {
      archive = await panel.compress({ files, name: wantedName(record) });
    } catch (error) {
      // A proxy gives up sooner than the panel, and the node continues (PROTOCOL 2.17.8).
      if (toProblem(error).maybeDone !== true) throw error;
      const found = await wholeArchive(this.deps.clock, panel, record, () => this.#isStopped);
      if (found === null) throw error;
      return { archive: found, isNamed: false };
    }
    if (!isArchiveOf(archive.name, record)) throw new PerchError(strange);
    return { archive, isNamed: true };
  }

  #fetch(
    panel: FileBackupPanel,
    { serverId, id, at }: FileBackupRecord,
    { name, bytes }: FileEntry,
    folder: string,
  ): Promise<string> {
    const file = copyFile({ id, createdAt: at, bytes, isKept: true });
    if (file === null) throw new PerchError(strange);
    return this.deps.transfers.add({
      ...panel.transfer,
      source: { kind: 'archive', serverId, backup: id, name },
      size: bytes,
      sha1: null,
      target: { folder, file, ifTaken: 'number' },
    });
  }

  async #resume(record: FileBackupRecord): Promise<void> {
    const { transfer, isHere } = record;
    if (transfer === null) return this.#remove(record, unfinished);
    if (isHere === true) return this.#remove(record, null);
    if (await arrived(this.deps.transfers, transfer, this.#disposables))
      return this.#remove(await this.#here(record), null);
    return this.#remove(record, dropped);
  }

  /** Remembers and tells that the copy has arrived. Never rejects: the copy is here, whatever the disk says. */
  async #here(record: FileBackupRecord): Promise<FileBackupRecord> {
    const here = { ...record, isHere: true } as const;
    await this.#keep(here, 'remove').catch((error: unknown) =>
      this.deps.log.warn('file-backups.not-remembered', { code: toProblem(error).code }),
    );
    this.deps.facts.emit({
      serverId: record.serverId,
      fact: { kind: 'files-copied', backupId: record.id },
    });
    return here;
  }

  /** Removes the archive from the server, however long that takes. Never rejects. */
  async #remove(record: FileBackupRecord, problem: Problem | null): Promise<void> {
    const { clock, panelOf, records } = this.deps;
    const { serverId, id } = record;
    const shown = { serverId, id, step: 'remove', record } as const;
    this.#set({ ...shown, problem });
    const left = await removeArchive(record, {
      clock,
      disposables: this.#disposables,
      panel: () => panelOf(serverId),
      isStopped: () => this.#isStopped,
      failed: (why) => this.#set({ ...shown, problem: problem ?? why }),
    });
    if (this.#isStopped) return;
    await records.forget(id);
    const end = left === null || isRefusal(problem) ? problem : leftBehind(left);
    if (end === null) this.#forget(serverId);
    else this.#set({ serverId, id, step: 'failed', problem: end, record: null });
  }

  async #keep(record: FileBackupRecord, step: FileBackup['step']): Promise<void> {
    const { serverId, id } = record;
    this.#set({ serverId, id, step, problem: null, record });
    await this.deps.records.keep(record);
  }

  #set(run: Run): void {
    this.#runs.set(run.serverId, run);
    this.#tell();
  }

  #forget(serverId: string): void {
    this.#runs.delete(serverId);
    this.#tell();
  }

  #tell(): void {
    this.set([...this.#runs.values()].map(({ record: _record, ...shown }) => shown));
  }
}
