/**
 * Whole files of servers as bytes: reads them, and replaces them without losing what somebody else wrote.
 *
 * The panel has no version of a file (PROTOCOL 2.17.2), so the file is read again before each writing.
 */
import { toProblem } from '../../bridge/errors.js';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import { Emitter } from '../base/emitter.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { FilesPanelOf } from './files-panel.js';
import { FolderListing } from './folder-listing.js';
import { versionOf } from './text-format.js';

/** A file of a server; `path` is from the server's folder. */
export interface FileRef {
  readonly serverId: string;
  readonly path: string;
}

/** Content of a file as Perch saw it. */
export interface SeenText extends FileRef {
  readonly bytes: Uint8Array;
  readonly why: 'read' | 'written';
}

/**
 * Outcome of new bytes. `changed` = Perch wrote nothing, because the file now has this content; null if the content is
 * larger than a panel shows. `gone` = Perch wrote nothing, because the server no longer has the file.
 */
export type Replaced =
  { readonly saved: string } | { readonly changed: Uint8Array | null } | { readonly gone: true };

export interface Replacing {
  /** Version that the new bytes may replace; null = any. */
  readonly version: string | null;
  /** True = make a missing file. */
  readonly makes?: boolean | undefined;
}

export class FileContents {
  /** Each content that was read for a person or written. */
  readonly seen = new Emitter<SeenText>();
  /** Writings of a server one after the other, so that two writers do not both find the old version. By server. */
  readonly #writings = new Map<string, SerialQueue>();

  constructor(private readonly panelOf: FilesPanelOf) {}

  /** null for a file that is larger than a panel shows (PROTOCOL 2.17.3). Rejects with `PerchError`. */
  async read(file: FileRef): Promise<Uint8Array | null> {
    const bytes = await this.panelOf(file.serverId).read(file.path);
    if (bytes === null || bytes.length > mostTextBytes) return null;
    this.seen.emit({ ...file, bytes, why: 'read' });
    return bytes;
  }

  /** As `read`; undefined if the server does not have the file. */
  async readThere(file: FileRef): Promise<Uint8Array | null | undefined> {
    return this.read(file).catch(async (error: unknown) => {
      if (await this.#isGone(file)) return undefined;
      throw error;
    });
  }

  /** Size and age of a file as its folder lists them; null if the folder does not tell. */
  async facts({ serverId, path }: FileRef): Promise<Pick<ServerFile, 'bytes' | 'modifiedAt'> | null> {
    const listing = await FolderListing.at(this.panelOf(serverId), folderOf(path)).catch(() => null);
    const found = listing?.find(lastPart(path)) ?? null;
    return found === null ? null : { bytes: found.bytes, modifiedAt: found.modifiedAt };
  }

  /** Writes the bytes, unless the file has another version now. Rejects with `PerchError`. */
  replace(file: FileRef, bytes: Uint8Array, how: Replacing): Promise<Replaced> {
    return this.#writingsOf(file).run(() => this.#replace(file, bytes, how));
  }

  #writingsOf({ serverId }: FileRef): SerialQueue {
    const writings = this.#writings.get(serverId) ?? new SerialQueue();
    this.#writings.set(serverId, writings);
    return writings;
  }

  async #replace(file: FileRef, bytes: Uint8Array, { version, makes }: Replacing): Promise<Replaced> {
    const other = version === null ? null : await this.#otherThan([version, versionOf(bytes)], file);
    const isKept = other !== null && !('gone' in other && makes === true);
    return isKept ? other : this.#write(file, bytes, version);
  }

  /** Content of the file if it differs from these versions; null = the content is one of the versions. */
  async #otherThan(versions: readonly string[], file: FileRef): Promise<Replaced | null> {
    const bytes = await this.readThere(file);
    if (bytes === undefined) return { gone: true };
    return bytes !== null && versions.includes(versionOf(bytes)) ? null : { changed: bytes };
  }

  /** After a lost answer the file itself tells whether the panel has carried the call out (PROTOCOL trap 18). */
  async #write(file: FileRef, bytes: Uint8Array, version: string | null): Promise<Replaced> {
    const saved = versionOf(bytes);
    try {
      await this.panelOf(file.serverId).write(file.path, bytes);
    } catch (error) {
      if (toProblem(error).maybeDone !== true) throw error;
      const now = await this.read(file).catch(() => null);
      const found = now === null ? version : versionOf(now);
      if (now !== null && found !== saved && found !== version && version !== null) return { changed: now };
      if (found !== saved) throw error;
    }
    this.seen.emit({ ...file, bytes, why: 'written' });
    return { saved };
  }

  /**
   * Whether the folder of a file lacks the file. A panel answers alike for a missing file and for a link that leads
   * elsewhere (PROTOCOL 2.17.4), so only the list tells.
   */
  async #isGone({ serverId, path }: FileRef): Promise<boolean> {
    const listing = await FolderListing.at(this.panelOf(serverId), folderOf(path)).catch(() => null);
    return listing?.find(lastPart(path)) === null;
  }
}
