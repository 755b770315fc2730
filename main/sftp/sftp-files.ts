/**
 * The files of one server over an SFTP connection, with promises instead of callbacks. Paths begin at the server's
 * folder, with "/".
 *
 * Every call rejects with `PerchError`.
 */
import type { FileEntryWithStats, SFTPWrapper, Stats } from 'ssh2';
import { PerchError } from '../../bridge/errors.js';
import type { Done, Requests } from './requests.js';
import { isMissing, refusedFile, tooManyNames } from './sftp-problems.js';

export interface RemoteFacts {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
}

export interface RemoteEntry extends RemoteFacts {
  readonly name: string;
}

/** A file of the server that is open. */
export type RemoteFile = Buffer;

/** Bytes that travel in one request. Nodes send and take more in pieces of this size anyway. */
export const requestBytes = 32_768;

/**
 * The same for writing. With the fields around it (25 bytes, and the node's name of the open file, of at most 256) one
 * piece fills one packet of SSH, which holds 32,768 bytes; a larger piece would need a second packet for its last
 * bytes.
 */
export const writtenBytes = 32_256;

/** Interface of `SftpFiles` for other modules. */
export type RemoteFiles = { readonly [Name in keyof SftpFiles]: SftpFiles[Name] };

/** Most names of one folder. A node that lists on and on would fill the memory. */
const mostNames = 200_000;
/** Most UTF-16 units of a name: no node's system allows longer names. */
const mostLetters = 255;

export class SftpFiles {
  constructor(
    private readonly channel: SFTPWrapper,
    /** Host and port, for messages. */
    private readonly host: string,
    private readonly requests: Pick<Requests, 'ask'>,
  ) {}

  /** null = no file of this name. A link counts as itself. */
  async look(path: string): Promise<RemoteFacts | null> {
    const stats = await this.#ask<Stats | null>(path, (done) =>
      this.channel.lstat(path, (error: Error | undefined, found) => {
        if (isMissing(error)) done(null, null);
        else done(error, found);
      }),
    );
    return stats === null ? null : factsOf(stats);
  }

  /**
   * All entries of a folder except "." and "..", while the node names them. Names that lead to another folder, or that no
   * node can have, are left out. The folder is open until the end; whoever leaves the loop closes the folder too.
   */
  async *list(path: string, most = mostNames): AsyncGenerator<RemoteEntry> {
    const folder = await this.#ask<Buffer>(path, (done) => this.channel.opendir(path, done));
    try {
      let left = most;
      for (let names = await this.#names(path, folder); names !== null;) {
        // An answer without names counts too: the library leaves "." and ".." out.
        left -= Math.max(names.length, 1);
        if (left < 0) throw new PerchError(tooManyNames(path, most));
        for (const { filename, attrs } of names) {
          if (isPlain(filename)) yield { name: filename, ...factsOf(attrs) };
        }
        names = await this.#names(path, folder);
      }
    } finally {
      // The node's answer about the end of a listing changes nothing for the listing.
      await this.close(path, folder).catch(() => undefined);
    }
  }

  /** Opens a file for reading. */
  open(path: string): Promise<RemoteFile> {
    return this.#ask(path, (done) => this.channel.open(path, 'r', done));
  }

  /** Opens a file for writing, and empties an existing file. */
  create(path: string): Promise<RemoteFile> {
    return this.#ask(path, (done) => this.channel.open(path, 'w', done));
  }

  /** Reads at most `requestBytes`. Resolves with the number of bytes; 0 = the end. */
  read(path: string, file: RemoteFile, into: Buffer, at: number): Promise<number> {
    return this.#ask(path, (done) =>
      this.channel.read(file, into, 0, into.length, at, (error: Error | undefined, bytes) => {
        if (isEnd(error)) done(null, 0);
        else done(error, bytes);
      }),
    );
  }

  async write(path: string, file: RemoteFile, part: Buffer, at: number): Promise<void> {
    await this.#ask<unknown>(path, (done) =>
      this.channel.write(file, part, 0, part.length, at, (error) => done(error, null)),
    );
  }

  async close(path: string, file: RemoteFile): Promise<void> {
    await this.#ask<unknown>(path, (done) => this.channel.close(file, (error) => done(error, null)));
  }

  /** Makes a folder, and the folders on the way. An existing folder is no failure. */
  async makeFolder(path: string): Promise<void> {
    if ((await this.look(path))?.kind === 'folder') return;
    await this.#ask<unknown>(path, (done) => this.channel.mkdir(path, (error) => done(error, null)));
  }

  /** Rejects if the new name is taken. */
  async rename(from: string, to: string): Promise<void> {
    await this.#ask<unknown>(to, (done) => this.channel.rename(from, to, (error) => done(error, null)));
  }

  /** Removes a file. A missing file is no failure. */
  async remove(path: string): Promise<void> {
    await this.#ask<unknown>(path, (done) =>
      this.channel.unlink(path, (error) => done(isMissing(error) ? null : error, null)),
    );
  }

  /** Removes a folder with its contents. A missing folder is no failure. */
  async removeFolder(path: string): Promise<void> {
    await this.#ask<unknown>(path, (done) =>
      this.channel.rmdir(path, (error) => done(isMissing(error) ? null : error, null)),
    );
  }

  /** The next names of an open folder; null = no more names. */
  #names(path: string, folder: Buffer): Promise<FileEntryWithStats[] | null> {
    return this.#ask<FileEntryWithStats[] | null>(path, (done) =>
      this.channel.readdir(folder, (error, names) => {
        if (isEnd(error)) done(null, null);
        else done(error, names);
      }),
    );
  }

  async #ask<T>(path: string, run: (done: Done<T>) => void): Promise<T> {
    try {
      return await this.requests.ask(run);
    } catch (error) {
      throw new PerchError(refusedFile(error, path, this.host), { cause: error });
    }
  }
}

/** Number of the answer at the end of a file or folder (draft-ietf-secsh-filexfer-02, section 7). */
const endOfFile = 1;

function isEnd(error: Error | undefined): boolean {
  return error !== undefined && 'code' in error && error.code === endOfFile;
}

function isPlain(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name.length <= mostLetters && !/[/\0]/.test(name);
}

function factsOf(stats: Stats): RemoteFacts {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { kind, bytes: stats.size };
}
