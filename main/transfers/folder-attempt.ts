/**
 * One attempt of the download of a folder: the archive that the node makes, and, if it becomes a folder here as well,
 * that folder under a temporary name.
 */
import { join } from 'node:path';
import { newProblem, PerchError, toProblem, type Problem } from '../../bridge/errors.js';
import { lastPart } from '../../bridge/files/file-paths.js';
import { sentence } from '../../messages/messages.js';
import type { Unpacked, Unpacking } from '../archives/unpack.js';
import { Attempt, onDisk, partName, type AttemptDeps, type WholePart } from './attempt.js';
import { needsSftp } from './folder-way.js';
import { fetchFolder, type LocalTree } from './sftp-folder-download.js';
import type { SftpDoor } from './sftp-upload.js';
import type { FolderArchives } from './folder-archives.js';
import type { Doing } from './interruptible.js';
import { broke, diskFailure } from './transfer-failures.js';
import type { FolderRecord } from './transfer-kinds.js';
import type { QueueEvent } from './transfer-queue.js';

/** Unpacks an archive of this computer. Rejects with `PerchError`, or as Node does for the disk. */
export type UnpackHere = (archive: string, wanted: Omit<Unpacking, 'isWindows'>) => Promise<Unpacked>;

/** Whether an archive of this computer holds the folder of this name and nothing else. */
export type HoldsOnly = (archive: string, folder: string, signal: AbortSignal) => Promise<boolean>;

export interface FolderAttemptDeps extends AttemptDeps {
  readonly archives: Pick<FolderArchives, 'of' | 'isGuessed' | 'isPacking' | 'disown' | 'remove'>;
  readonly unpack: UnpackHere;
  readonly holdsOnly: HoldsOnly;
  readonly saved: (event: QueueEvent) => Promise<void>;
  readonly sftp: SftpDoor;
  /** Names and files of this computer. `top` = the folder of the download, for messages. */
  readonly localTree: (top: string) => LocalTree;
}

export class FolderAttempt extends Attempt {
  #isUnpacking = false;
  /** Why the node made no archive; null = it did, or was not asked. */
  readonly #refusal: { problem: Problem | null };

  constructor(
    private readonly own: FolderAttemptDeps,
    private readonly one: FolderRecord,
  ) {
    const { serverId } = one.source;
    const refusal: { problem: Problem | null } = { problem: null };
    super(
      {
        ...own,
        download: async (_source, signal) => {
          const path = await own.archives.of(one, signal).catch((error: unknown) => {
            refusal.problem = toProblem(error);
            throw error;
          });
          signal.throwIfAborted();
          return own.download({ kind: 'file', serverId, path }, signal);
        },
      },
      one,
    );
    this.#refusal = refusal;
  }

  override get doing(): Doing | null {
    if (this.#isUnpacking) return 'unpacking';
    return this.own.archives.isPacking(this.one.id) ? 'packing' : null;
  }

  override async run(): Promise<WholePart> {
    if (this.one.by === 'sftp') return this.#overSftp();
    try {
      return await this.#packed();
    } catch (error) {
      const { id, source } = this.one;
      const { problem } = this.#refusal;
      const mayChange = source.as === 'folder' && this.own.sftp.isOn(source.serverId) && !this.isAborted;
      if (problem === null || !mayChange || !needsSftp(problem)) throw error;
      await this.own.saved({ kind: 'noted', id, note: { by: 'sftp' } });
      return this.#overSftp();
    }
  }

  async #packed(): Promise<WholePart> {
    const archive = await super.run();
    if (this.own.archives.isGuessed(this.one.id)) await this.#demandOurs(archive);
    // Removed now, so that the next folder can't get an archive of the same name. After a failure Perch removes the
    // archive later.
    await this.orAborted(this.own.archives.remove(this.one.id));
    if (this.one.source.as === 'archive') return archive;
    const { disk } = this.own;
    const into = join(archive.folder, partName(this.one));
    try {
      await this.#unpack(archive, into);
      return { ...archive, path: into };
    } catch (error) {
      await disk.removeFolder(into).catch(() => undefined);
      throw error;
    } finally {
      await disk.remove(archive.path).catch(() => undefined);
    }
  }

  /** Somebody else may have made the archive. If so, the next attempt has the folder packed again. */
  async #demandOurs({ path }: WholePart): Promise<void> {
    const { archives, disk, holdsOnly } = this.own;
    const { id, source } = this.one;
    const isOurs = await holdsOnly(path, lastPart(source.path), this.signal).catch(() => false);
    if (isOurs && !this.isAborted) return;
    await disk.remove(path).catch(() => undefined);
    await this.pass();
    await archives.disown(id);
    throw broke('mismatch', newProblem('protocol', sentence('transfers.strange-archive')));
  }

  /** The folder under its temporary name, file by file. */
  async #overSftp(): Promise<WholePart> {
    const { disk, saved, pacer } = this.own;
    const { id, source, folder: wanted } = this.one;
    const folder = await onDisk(wanted, () => disk.folder(wanted));
    const path = join(folder, partName(this.one));
    await onDisk(folder, () => disk.removeFolder(path));
    const local = this.own.localTree(folder);
    let size = 0;
    try {
      const into = await local.makeFolder(folder, partName(this.one));
      // Ends on its own after an abort, so that no write happens during the removal.
      const { leftOut } = await fetchFolder(this.own.sftp, {
        serverId: source.serverId,
        path: source.path,
        into,
        local,
        signal: this.signal,
        listed: (bytes) => saved({ kind: 'noted', id, note: { size: bytes } }),
        arrived: async (bytes) => {
          this.own.arrived((size += bytes));
          await pacer.take(bytes);
          await this.pass();
        },
      });
      await saved({ kind: 'noted', id, note: { leftOut } });
      return { folder, path, size };
    } catch (error) {
      await disk.removeFolder(path).catch(() => undefined);
      throw error;
    }
  }

  async #unpack({ path, folder: here }: WholePart, into: string): Promise<void> {
    const { disk, unpack, saved } = this.own;
    const { id, source } = this.one;
    this.#isUnpacking = true;
    await onDisk(here, () => disk.removeFolder(into));
    const wanted = { into, folder: lastPart(source.path), signal: this.signal };
    const { leftOut } = await unpack(path, wanted).catch((error: unknown) => {
      // The node packs the same files again, so another attempt would end in the same way.
      throw error instanceof PerchError ? broke('person', error.problem, error) : diskFailure(error, here);
    });
    await this.pass();
    await saved({ kind: 'noted', id, note: { leftOut } });
  }
}
