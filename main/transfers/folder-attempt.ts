/**
 * One attempt of the download of a folder: the archive that the node makes, and, if it becomes a folder here as well,
 * that folder under a temporary name.
 */
import { join } from 'node:path';
import { PerchError } from '../../bridge/errors.js';
import { lastPart } from '../../bridge/files/file-paths.js';
import type { Unpacked, Unpacking } from '../archives/unpack.js';
import { Attempt, onDisk, partName, type AttemptDeps, type WholePart } from './attempt.js';
import type { FolderArchives } from './folder-archives.js';
import type { Doing } from './interruptible.js';
import { broke, diskFailure } from './transfer-failures.js';
import type { FolderRecord } from './transfer-kinds.js';
import type { QueueEvent } from './transfer-queue.js';

/** Unpacks an archive of this computer. Rejects with `PerchError`, or as Node does for the disk. */
export type UnpackHere = (archive: string, wanted: Omit<Unpacking, 'isWindows'>) => Promise<Unpacked>;

export interface FolderAttemptDeps extends AttemptDeps {
  readonly archives: Pick<FolderArchives, 'of' | 'isPacking' | 'remove'>;
  readonly unpack: UnpackHere;
  readonly saved: (event: QueueEvent) => Promise<void>;
}

export class FolderAttempt extends Attempt {
  #isUnpacking = false;

  constructor(
    private readonly own: FolderAttemptDeps,
    private readonly one: FolderRecord,
  ) {
    const { serverId } = one.source;
    super(
      {
        ...own,
        download: async (_source, signal) => {
          const path = await own.archives.of(one, signal);
          signal.throwIfAborted();
          return own.download({ kind: 'file', serverId, path }, signal);
        },
      },
      one,
    );
  }

  override get doing(): Doing | null {
    if (this.#isUnpacking) return 'unpacking';
    return this.own.archives.isPacking(this.one.id) ? 'packing' : null;
  }

  override async run(): Promise<WholePart> {
    const archive = await super.run();
    // Now, so that the next folder can't get an archive of the same name. What can't be removed now is removed later.
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
