/**
 * Archives of folders on nodes, for their download: the node packs the folder, and the archive leaves the server after
 * Perch has it, or when nobody needs it any more.
 *
 * The queue knows about the archive before the panel is asked, so a Perch that is killed in between uses or removes it at
 * its next start. A lost answer is followed by looks at the folder (PROTOCOL 2.17.8).
 */
import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import { sentence } from '../../messages/messages.js';
import {
  isArchiveOf,
  namedByTime,
  ownArchive,
  possibleArchives,
  wantedName,
  type ArchiveEntry,
  type MadeArchive,
} from '../archives/node-archives.js';
import { wholeArchive } from '../archives/whole-archive.js';
import type { Clock } from '../base/ports.js';
import { broke } from './transfer-failures.js';
import type { FolderRecord, QueuedTransfer } from './transfer-kinds.js';
import type { TransferPanel, TransferPanelOf } from './transfer-panel.js';
import type { QueueEvent } from './transfer-queue.js';

export interface FolderArchivesDeps {
  readonly clock: Clock;
  readonly panelOf: TransferPanelOf;
  /** The transfer as the queue has it now. */
  readonly find: (id: string) => QueuedTransfer | undefined;
  readonly saved: (event: QueueEvent) => Promise<void>;
}

/** Permissions without which the archive could not be made, found or removed. */
const permissions = ['file.read', 'file.archive', 'file.delete'];
/** Most archives whose names are remembered. */
const mostBefore = 1000;

export class FolderArchives {
  /** Requests of this run that are not answered yet, by the ids of their transfers. */
  readonly #packing = new Map<string, Promise<string>>();

  constructor(private readonly deps: FolderArchivesDeps) {}

  /** Whether the node packs the folder of a transfer now. */
  isPacking(id: string): boolean {
    return this.#packing.has(id);
  }

  /** Whether no answer had the name of the archive, so that it may be somebody else's. */
  isGuessed(id: string): boolean {
    const one = this.deps.find(id);
    return one !== undefined && madeFor(one)?.name === null;
  }

  /**
   * Path of a complete archive of the folder, from an earlier attempt or new. Rejects with `TransferBroke`
   * or `PerchError`.
   */
  async of(one: FolderRecord, signal: AbortSignal): Promise<string> {
    const { id, source } = one;
    const panel = this.deps.panelOf(source.serverId);
    for (const permission of permissions) panel.demand(permission);
    const packing = this.#packing.get(id) ?? this.#whole(one, panel, signal);
    this.#packing.set(id, packing);
    try {
      return joined(folderOf(source.path), await packing);
    } finally {
      this.#packing.delete(id);
    }
  }

  /**
   * Removes the archive of a transfer, and looks whether it is gone. False = later. An archive whose name the panel did not
   * tell may be somebody else's and stays, which the transfer then says. Never rejects.
   */
  async remove(id: string): Promise<boolean> {
    await this.#packing.get(id)?.catch(() => undefined);
    const one = this.deps.find(id);
    const made = one === undefined ? null : madeFor(one);
    if (one === undefined || made === null || !('path' in one.source)) return true;
    const folder = folderOf(one.source.path);
    try {
      const panel = this.deps.panelOf(one.source.serverId);
      const entries = await panel.list(folder);
      const archive = ownArchive(entries, made);
      const mayHaveLeft = archive === null && possibleArchives(entries, made).length > 0;
      if (archive !== null) {
        await panel.remove(folder, [archive.name]);
        // A panel also confirms the deletion of a missing file.
        if (ownArchive(await panel.list(folder), made) !== null) return false;
      }
      await this.deps.saved({ kind: 'noted', id, note: { archive: null, mayHaveLeft } });
      return true;
    } catch (error) {
      const { code } = toProblem(error);
      return code === 'not-found' || code === 'forbidden';
    }
  }

  /** The found archive belongs to another person. */
  async disown(id: string): Promise<void> {
    await this.#note(id, null);
  }

  /** Name of a whole archive in the folder of the folder. */
  async #whole(one: FolderRecord, panel: TransferPanel, signal: AbortSignal): Promise<string> {
    const { id, source } = one;
    const folder = folderOf(source.path);
    const made = madeFor(this.deps.find(id) ?? one);
    const name = made?.name ?? null;
    if (name !== null) {
      if ((await panel.list(folder)).some((entry) => entry.name === name && entry.kind === 'file'))
        return name;
    } else if (made !== null) {
      const found = await this.#followed(panel, folder, made, signal);
      if (found !== null) return found;
    }
    return this.#pack(one, panel, signal);
  }

  async #pack({ id, source }: FolderRecord, panel: TransferPanel, signal: AbortSignal): Promise<string> {
    const folder = folderOf(source.path);
    const wanted = lastPart(source.path);
    const entries = await panel.list(folder);
    if (!entries.some(({ name, kind }) => name === wanted && kind === 'folder')) {
      const words = sentence('transfers.folder-gone', { name: oneLine(wanted, 80) });
      throw broke('person', newProblem('not-found', words));
    }
    signal.throwIfAborted();
    const at = this.deps.clock.wall() + panel.clockAhead();
    const made = { id, at, before: namedByTime(entries).slice(-mostBefore), name: null };
    await this.#note(id, made);
    try {
      const archive = await panel.pack(folder, [wanted], wantedName(made));
      if (!isArchiveOf(archive.name, made)) throw strange();
      return await this.#found(made, archive, true);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.maybeDone === true) {
        const found = await this.#followed(panel, folder, made, signal);
        if (found !== null) return found;
        throw error;
      }
      await this.#note(id, null);
      // The node is full or does not know the folder: asking again helps nobody.
      throw problem.code === 'conflict' ? broke('person', problem, error) : error;
    }
  }

  /** Name of an archive whose answer was lost, once it grows no longer; null = there is none. */
  async #followed(
    panel: TransferPanel,
    folder: string,
    made: MadeArchive,
    signal: AbortSignal,
  ): Promise<string | null> {
    const list = (): Promise<readonly ArchiveEntry[]> => panel.list(folder);
    const found = await wholeArchive(this.deps.clock, { list }, made, () => signal.aborted);
    return found === null ? null : this.#found(made, found, ownArchive([found], made) !== null);
  }

  /** Keeps the name only of an archive that Perch certainly requested, because Perch deletes the kept archives. */
  async #found({ id, ...made }: MadeArchive, { name, bytes }: ArchiveEntry, isOwn: boolean): Promise<string> {
    const archive = { at: made.at, before: [...made.before], name: isOwn ? name : null };
    await this.deps.saved({ kind: 'noted', id, note: { archive, size: bytes } });
    return name;
  }

  #note(id: string, made: MadeArchive | null): Promise<void> {
    const archive = made === null ? null : { at: made.at, before: [...made.before], name: made.name };
    return this.deps.saved({ kind: 'noted', id, note: { archive } });
  }
}

function madeFor({ id, archive = null }: QueuedTransfer): MadeArchive | null {
  return archive === null ? null : { ...archive, id };
}

const strange = (): PerchError =>
  new PerchError(newProblem('protocol', sentence('transfers.strange-archive')));
