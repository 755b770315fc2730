/** A folder of this computer that only Perch uses. Names are relative, with `/`. */
export interface ByteFolder {
  /** null if the file is missing. Rejects if the file can't be read. */
  read(name: string): Promise<Uint8Array | null>;
  /** Writes a file as a whole or not at all, and the folders on the way. Rejects if that fails. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file or folder with its contents; a missing file counts as removed. */
  remove(name: string): Promise<void>;
  /** Empty for a missing folder. */
  list(name: string): Promise<readonly FolderEntry[]>;
  /** Gives an unusable file another name, and returns its new path. */
  setAside(name: string): Promise<string>;
}

export interface FolderEntry {
  readonly name: string;
  readonly bytes: number;
  /** Wall-clock time of the last write, ms since the epoch. */
  readonly modifiedAt: number;
}
