/** Files of servers between the sandbox's panel and its nodes (PROTOCOL 2.17). */

/** Entry of a folder, as a node lists it. */
export interface FileEntry {
  name: string;
  /** As Go writes it: `-rw-r--r--`, `drwxr-xr-x`, `Lrwxrwxrwx`. */
  mode: string;
  /** Permissions in octal digits. */
  modeBits: string;
  size: number;
  /** False only for a folder. */
  isFile: boolean;
  mimetype: string;
  createdAt: Date;
  modifiedAt: Date;
}

/** Name and format of a new archive, which some nodes ignore. */
export interface ArchiveWish {
  name: string | null;
  extension: string | null;
}

/** A file that the node is to fetch. */
export interface PullWish {
  url: string;
  directory: string;
  /** null = the last part of the address. */
  fileName: string | null;
  isForeground: boolean;
}

/** The panel's calls about files of a node that is up. All of them throw `NodeRefusal`. */
export interface FileCalls {
  list(serverUuid: string, directory: string): Promise<FileEntry[]>;
  contents(serverUuid: string, file: string): Promise<Buffer>;
  write(serverUuid: string, file: string, content: Buffer): Promise<void>;
  /** A missing file is left out. */
  rename(serverUuid: string, root: string, files: readonly { from: string; to: string }[]): Promise<void>;
  /** Copies a file beside itself. */
  copy(serverUuid: string, location: string): Promise<void>;
  remove(serverUuid: string, root: string, files: readonly string[]): Promise<void>;
  compress(serverUuid: string, root: string, files: readonly string[], wish: ArchiveWish): Promise<FileEntry>;
  decompress(serverUuid: string, root: string, file: string): Promise<void>;
  /** A missing file is left out. */
  chmod(serverUuid: string, root: string, files: readonly { file: string; mode: unknown }[]): Promise<void>;
  createFolder(serverUuid: string, root: string, name: string): Promise<void>;
  /** Without `isForeground` the call resolves at once, and a failure is not reported. */
  pull(serverUuid: string, wish: PullWish): Promise<void>;
  /** Lets tests have files fetched from loopback, which real nodes refuse. */
  allowLoopback(isAllowed: boolean): void;
}
