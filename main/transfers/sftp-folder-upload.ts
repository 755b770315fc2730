/**
 * Sends many files into a folder of a server over SFTP.
 *
 * All files go to a hidden folder first. Only when the server has all of them they move to their places, whole folders in
 * one step where there was none. What is still in the hidden folder is what has not moved, so an attempt after a broken
 * connection or a killed Perch goes on there.
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
  /** True if the file on this computer is the one of an earlier attempt. */
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
  /** True if all files were in the hidden folder by the end of an earlier attempt. */
  readonly isMoving: boolean;
  /** Keeps that all files are in the hidden folder. */
  readonly moving: () => Promise<void>;
  readonly content: (file: F) => AsyncIterable<Uint8Array>;
  /** Called for a file that an earlier attempt has sent. */
  readonly skipped: (file: F) => void;
  /** Resolves when nobody pauses. Rejects after an abort. */
  readonly pass: () => Promise<void>;
}

/** The hidden folder of a transfer. */
function stagingFolder({ id, folder }: { readonly id: string; readonly folder: string }): string {
  return joined(folder, `.perch-${id}-sftp`);
}

/** Resolves when the server has all files in their places. Rejects with `TransferBroke`, `PerchError`, or as `content` does. */
export async function sendFolder<F extends SentFile>(
  sftp: Pick<SftpDoor, 'use' | 'write'>,
  wanted: FolderToSend<F>,
): Promise<void> {
  try {
    await sftp.use(wanted.serverId, (files) => new FolderSending(files, sftp, wanted).run());
  } catch (error) {
    throw sftpFailure(error);
  }
}

class FolderSending<F extends SentFile> {
  readonly #staging: string;
  /** The files as they will be below the folder. */
  readonly #tree: string;

  constructor(
    private readonly files: RemoteFiles,
    private readonly sftp: Pick<SftpDoor, 'write'>,
    private readonly wanted: FolderToSend<F>,
  ) {
    this.#staging = stagingFolder(wanted);
    this.#tree = joined(this.#staging, 'tree');
  }

  async run(): Promise<void> {
    const { isMoving, folder, moving, pass } = this.wanted;
    const isLost = isMoving && (await this.files.look(this.#tree)) === null;
    if (isLost && (await this.#areThere())) return this.files.removeFolder(this.#staging);
    if (!isMoving || isLost) {
      await this.#send();
      await this.#demandAgreed();
      await pass();
      await moving();
    }
    await this.#move(this.#tree, folder);
    await this.files.removeFolder(this.#staging);
  }

  /** Whether an earlier attempt has moved all files, and ended before Perch knew. */
  async #areThere(): Promise<boolean> {
    const { folder } = this.wanted;
    const there = new Map<string, number>();
    const folders = new Set(this.wanted.files.map(({ path }) => folderOf(joined(folder, path))));
    await inTurns(folders, mostFiles, async (parent) => {
      for (const { name, bytes } of await this.#entries(parent)) there.set(joined(parent, name), bytes);
    });
    return this.wanted.files.every(({ path, bytes }) => there.get(joined(folder, path)) === bytes);
  }

  async #send(): Promise<void> {
    const { files, wanted } = this;
    const folders = new Set(wanted.files.map(({ path }) => folderOf(joined(this.#tree, path))));
    const known = await this.#known(folders);
    await inTurns([this.#tree, ...folders], mostFiles, async (folder) => {
      await wanted.pass();
      await files.makeFolder(folder);
    });
    await inTurns(wanted.files.entries(), mostFiles, async ([at, file]) => {
      const target = joined(this.#tree, file.path);
      if (file.isSame && known.get(target)?.bytes === file.bytes) return wanted.skipped(file);
      // Only a whole file gets a name in the tree.
      const part = joined(this.#staging, String(at));
      await this.#write(part, file);
      if (known.has(target)) await files.remove(target);
      await files.rename(part, target);
    });
  }

  /** What an earlier attempt has sent, by path. */
  async #known(folders: ReadonlySet<string>): Promise<ReadonlyMap<string, RemoteEntry>> {
    const known = new Map<string, RemoteEntry>();
    if ((await this.files.look(this.#tree)) === null) return known;
    await inTurns(folders, mostFiles, async (folder) => {
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
  async #demandAgreed(): Promise<void> {
    const { folder, replaced } = this.wanted;
    const paths = new Set(this.wanted.files.map(({ path }) => joined(folder, path)));
    await inTurns(new Set([...paths].map(folderOf)), mostFiles, async (parent) => {
      for (const { name, kind } of await this.#entries(parent)) {
        const path = joined(parent, name);
        if (paths.has(path) && (kind === 'folder' || !replaced.has(path))) throw takenMeanwhile();
      }
    });
  }

  /** Moves what is in a folder of the tree to its place. */
  async #move(from: string, to: string): Promise<void> {
    const { files, wanted } = this;
    const there = new Map((await this.#entries(to)).map((entry) => [entry.name, entry]));
    for (const { name, kind } of await this.#entries(from)) {
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

  /** Replaces a file. The earlier one is set aside until the new one has its name. */
  async #swap(part: string, path: string): Promise<void> {
    const { files, wanted } = this;
    const digest = createHash('sha1').update(path).digest('hex').slice(0, 12);
    const aside = joined(folderOf(path), `${asidePrefix(wanted)}${digest}`);
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
    return (await this.files.look(folder))?.kind === 'folder' ? this.files.list(folder) : [];
  }
}

/** Beginning of the names of earlier files while they are replaced. Not that of names that a cancelled transfer removes. */
function asidePrefix({ id }: { readonly id: string }): string {
  return `.perch-aside-${id}-`;
}

const takenMeanwhile = (): Error =>
  broke('person', newProblem('conflict', sentence('transfers.taken-meanwhile')));
