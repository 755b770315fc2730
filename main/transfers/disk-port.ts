/**
 * Port of transfers to the disk. Implementation: `transfer-disk.ts`; tests pass their own. Calls reject as Node does.
 */

import type { LocalFiles } from './local-files.js';

/** A file that is being written. */
export interface PartFile {
  /** Adds the bytes at the end. Call it again, and change the bytes, only after it resolved. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything is on the disk itself, where a power cut leaves it. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A file that is read. */
export interface ReadFile {
  readonly bytes: number;
  /** Says whether the file has changed since: another size or another time. */
  isSame(): Promise<boolean>;
  /** Reads from a position to the end of the buffer. Resolves with the number of bytes; 0 = the end. */
  read(into: Uint8Array, from: number): Promise<number>;
  close(): Promise<void>;
}

export interface FileFacts {
  readonly bytes: number;
  /** The same for two names of one file. */
  readonly identity: string;
}

export interface TransferDisk {
  /** The folder without symbolic links. Rejects if it does not exist or is no folder. */
  folder(path: string): Promise<string>;
  /** All files below these paths, without following links; at most so many. */
  walk(sources: readonly string[], most: number): Promise<LocalFiles>;
  /** Creates a new file. */
  create(path: string): Promise<PartFile>;
  /** Opens a regular file for reading. Rejects for other kinds. */
  open(path: string): Promise<ReadFile>;
  /** null = no file of this name; a link counts as itself. */
  look(path: string): Promise<FileFacts | null>;
  /**
   * Gives a file its name in the same folder. With `replaces` a file of this name goes; without, false = the name is
   * taken, and nothing happened.
   */
  place(from: string, to: string, options: { replaces: boolean }): Promise<boolean>;
  /**
   * Renames a folder within its parent folder if the name is free, or with `mayBeEmpty` if an empty folder has it.
   * False = the name is taken, and the folder keeps its old name.
   */
  placeFolder(from: string, to: string, options: { mayBeEmpty: boolean }): Promise<boolean>;
  /** Does not reject if the file is missing. */
  remove(path: string): Promise<void>;
  /** Removes a folder with its content, or a file. Does not reject if there is none. */
  removeFolder(path: string): Promise<void>;
}
