/** What transfers need of a disk. Implementation: `transfer-disk.ts`; tests pass their own. Calls reject as Node does. */

/** A file that is being written. */
export interface PartFile {
  /** Adds the bytes at the end. Call it again, and change the bytes, only after it resolved. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when everything is on the disk itself, where a power cut leaves it. */
  sync(): Promise<void>;
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
  /** Creates a file that does not exist yet. */
  create(path: string): Promise<PartFile>;
  /** null = there is nothing of this name; a link counts as itself. */
  look(path: string): Promise<FileFacts | null>;
  /**
   * Gives a file its name in the same folder. With `replaces` a file of this name goes; without, false = the name is
   * taken, and nothing happened.
   */
  place(from: string, to: string, options: { replaces: boolean }): Promise<boolean>;
  /** Does not reject if there is no such file. */
  remove(path: string): Promise<void>;
}
