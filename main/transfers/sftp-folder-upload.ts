/**
 * Sends many files into a folder of a server over SFTP.
 *
 * All files go to a hidden folder first. Only when the server has all of them they move to their places, whole folders in
 * one step where there was none. Files that are still in the hidden folder have not moved, so an attempt after a broken
 * connection or a killed Perch continues there.
 */
import { createHash } from 'node:crypto';
import { newProblem } from '../../bridge/errors.js';
import { folderOf, joined } from '../../bridge/files/file-paths.js';
import { sentence } from '../../messages/messages.js';
import type { RemoteEntry, RemoteFiles } from '../sftp/sftp-files.js';
import { inTurns } from './in-turns.js';
import { sftpFailure, type SftpDoor } from './sftp-upload.js';
import { broke } from './transfer-failures.js';

/** Files that are sent at a time. */
const mostFiles = 8;
/** Requests under way for each of them: 4 MiB for all together. */
const mostRequests = 16;

/** Permissions without which files could not be looked at, made, moved or cleared away (PROTOCOL 2.19.5). */
export const sendingPermissions = ['file.read', 'file.create', 'file.update', 'file.delete'];

export interface SentFile {
  /** From the folder of the server that gets the files. */
  readonly path: string;
  /** True if the file on this computer has not changed since an earlier attempt. */
  readonly isSame: boolean;
  readonly bytes: number;
}

export interface FolderToSend<F extends SentFile> {
  /** Id of the transfer, for hidden names. */
  readonly id: string;
  readonly serverId: string;
  readonly folder: string;
  readonly files: readonly F[];
  /** Paths on the server that a person agreed to replace. */
  readonly replaced: ReadonlySet<string>;
  /** True if an earlier attempt had all files in the hidden folder, so that some may have moved. */
  readonly isMoving: boolean;
  /** Keeps that all files are in the hidden folder. */
  readonly moving: () => Promise<void>;
  readonly content: (file: F) => AsyncIterable<Uint8Array>;
  /** Called for a file that an earlier attempt has sent. */
  readonly skipped: (file: F) => void;
  /** Resolves when nobody pauses. Rejects after an abort. */
  readonly pass: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** The hidden folder of a transfer. */
function stagingFolder({ id, folder }: { readonly id: string; readonly folder: string }): string {
  return joined(folder, `.perch-${id}-sftp`);
}

/**
 * Resolves when the server has all files in their places. Rejects with `TransferBroke`, `PerchError`, or as `content`
 * does.
 */
export async function sendFolder<F extends SentFile>(
  sftp: Pick<SftpDoor, 'use' | 'write'>,
  wanted: FolderToSend<F>,
): Promise<void> {
  try {
    const send = (files: RemoteFiles): Promise<void> => new FolderSending(files, sftp, wanted).run();
    await sftp.use(wanted.serverId, send, wanted.signal);
  } catch (error) {
    throw sftpFailure(error);
  }
}

class FolderSending<F extends SentFile> {
  readonly #staging: string;
  /** The files as they will be below the folder, while they come. */
  readonly #coming: string;
  /** The same folder, once it has all files. Files that are still in it have not moved. */
  readonly #tree: string;

  constructor(
    private readonly files: RemoteFiles,
    private readonly sftp: Pick<SftpDoor, 'write'>,
    private readonly wanted: FolderToSend<F>,
  ) {
    this.#staging = stagingFolder(wanted);
    this.#coming = joined(this.#staging, 'coming');
    this.#tree = joined(this.#staging, 'tree');
  }

  async run(): Promise<void> {
    if (await this.#bring()) await this.#move(this.#tree, this.wanted.folder);
    await this.files.removeFolder(this.#staging);
  }

  /** Has all files in the tree that have not moved. Resolves with false if an earlier attempt moved all of them. */
  async #bring(): Promise<boolean> {
    const { isMoving, moving, pass } = this.wanted;
    await pass();
    if ((await this.files.look(this.#tree)) !== null) return true;
    const left = isMoving ? await this.#unmoved() : this.wanted.files;
    if (left.length === 0) return false;
    await this.#send(left);
    await this.#demandAgreed(left);
    await pass();
    // Kept first: files move as soon as the tree has its name.
    await moving();
    await this.files.rename(this.#coming, this.#tree);
    return true;
  }

  /** The remaining files after an earlier attempt that may have moved files, and whose tree is gone. */
  async #unmoved(): Promise<readonly F[]> {
    const { folder, files, replaced, pass } = this.wanted;
    const there = new Map<string, number>();
    const folders = new Set(files.map(({ path }) => folderOf(joined(folder, path))));
    await inTurns(folders, mostFiles, async (parent) => {
      await pass();
      for (const { name, bytes } of await this.#entries(parent)) there.set(joined(parent, name), bytes);
    });
    const left = files.filter(({ path, bytes }) => there.get(joined(folder, path)) !== bytes);
    if (left.length === 0 && (await this.files.look(this.#coming)) === null) return left;
    // Nobody can tell an earlier file from the new one if both have the same size, so Perch sends these files again.
    const isLeft = new Set(left);
    return files.filter((file) => isLeft.has(file) || replaced.has(joined(folder, file.path)));
  }

  async #send(left: readonly F[]): Promise<void> {
    const { files, wanted } = this;
    const isLeft = new Set(left);
    for (const file of wanted.files) if (!isLeft.has(file)) wanted.skipped(file);
    const folders = new Set(left.map(({ path }) => folderOf(joined(this.#coming, path))));
    const known = await this.#known(folders);
    await inTurns([this.#coming, ...folders], mostFiles, async (folder) => {
      await wanted.pass();
      await files.makeFolder(folder);
    });
    // Places in the whole list, so that an earlier attempt has given no other file the same number.
    const places = new Map(wanted.files.map((file, at) => [file, at]));
    await inTurns(left, mostFiles, async (file) => {
      const target = joined(this.#coming, file.path);
      if (file.isSame && known.get(target)?.bytes === file.bytes) return wanted.skipped(file);
      // Only a whole file gets a name in the tree.
      const part = joined(this.#staging, String(places.get(file)));
      await this.#write(part, file);
      if (known.has(target)) await files.remove(target);
      await files.rename(part, target);
    });
  }

  /** Files that an earlier attempt has sent, by path. */
  async #known(folders: ReadonlySet<string>): Promise<ReadonlyMap<string, RemoteEntry>> {
    const known = new Map<string, RemoteEntry>();
    if ((await this.files.look(this.#coming)) === null) return known;
    await inTurns(folders, mostFiles, async (folder) => {
      await this.wanted.pass();
      for (const entry of await this.#entries(folder)) known.set(joined(folder, entry.name), entry);
    });
    return known;
  }

  async #write(path: string, file: F): Promise<void> {
    const { files, wanted, sftp } = this;
    await wanted.pass();
    const open = await files.create(path);
    try {
      await sftp.write(files, { path, file: open }, wanted.content(file), mostRequests);
    } finally {
      await files.close(path, open);
    }
  }

  /** Nothing is replaced unasked that came to the server meanwhile. */
  async #demandAgreed(left: readonly F[]): Promise<void> {
    const { folder, replaced, pass } = this.wanted;
    const paths = new Set(left.map(({ path }) => joined(folder, path)));
    await inTurns(new Set([...paths].map(folderOf)), mostFiles, async (parent) => {
      await pass();
      for (const { name, kind } of await this.#entries(parent)) {
        const path = joined(parent, name);
        if (paths.has(path) && (kind === 'folder' || !replaced.has(path))) throw takenMeanwhile();
      }
    });
  }

  /**
   * Moves the content of a folder of the tree to its place. After an abort the next attempt continues where this one
   * ended.
   */
  async #move(from: string, to: string): Promise<void> {
    const { files, wanted } = this;
    const there = new Map((await this.#entries(to)).map((entry) => [entry.name, entry]));
    for (const { name, kind } of await this.#entries(from)) {
      await wanted.pass();
      const [part, path] = [joined(from, name), joined(to, name)];
      const taken = there.get(name)?.kind;
      if (taken === undefined) await files.rename(part, path);
      else if (kind === 'folder' && taken === 'folder') await this.#move(part, path);
      else if (kind === 'file' && taken !== 'folder' && wanted.replaced.has(path))
        await this.#swap(part, path);
      else throw takenMeanwhile();
    }
    // An earlier attempt may have ended between the new name and the removal of the earlier file.
    for (const name of there.keys()) {
      if (name.startsWith(asidePrefix(wanted))) await files.remove(joined(to, name));
    }
  }

  /** Replaces a file. The earlier file is set aside until the new file has its name. */
  async #swap(part: string, path: string): Promise<void> {
    const { files, wanted } = this;
    const aside = asidePath(wanted.id, path);
    await files.rename(path, aside);
    try {
      await files.rename(part, path);
    } catch (error) {
      await files.rename(aside, path).catch(() => undefined);
      throw error;
    }
    await files.remove(aside);
  }

  /** Nothing for a missing folder. */
  async #entries(folder: string): Promise<RemoteEntry[]> {
    const entries: RemoteEntry[] = [];
    if ((await this.files.look(folder))?.kind !== 'folder') return entries;
    for await (const entry of this.files.list(folder)) entries.push(entry);
    return entries;
  }
}

/** Where an earlier file is while the new one gets its name. `id` = that of the transfer. */
export function asidePath(id: string, path: string): string {
  const digest = createHash('sha1').update(path).digest('hex').slice(0, 12);
  return joined(folderOf(path), `${asidePrefix({ id })}${digest}`);
}

/** Beginning of the names of earlier files while they are replaced. Not that of names that a cancelled transfer removes. */
function asidePrefix({ id }: { readonly id: string }): string {
  return `.perch-aside-${id}-`;
}

const takenMeanwhile = (): Error =>
  broke('person', newProblem('conflict', sentence('transfers.taken-meanwhile')));
