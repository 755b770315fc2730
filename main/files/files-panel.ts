import type { ServerFile } from '../../bridge/schema/files.js';

/**
 * The files of one server on its panel. Each request needs its permission (PROTOCOL 2.17) and an open server, and
 * rejects with `PerchError`.
 */
export interface FilesPanel {
  /** Throws `PerchError` if the server is closed or the permission is missing. */
  demand(permission: string): void;
  /** Ms by which the panel's clock is ahead of this computer's. */
  clockAhead(): number;
  /** As `PanelApi.restUntil`. */
  restUntil(freePart: number): number | null;
  /** All entries of a folder, in no order. */
  list(folder: string): Promise<readonly ServerFile[]>;
  /** The bytes of a file; null = more than a panel shows (PROTOCOL 2.17.3). */
  read(path: string): Promise<Uint8Array | null>;
  /** Replaces the file. */
  write(path: string, content: Uint8Array): Promise<void>;
  createFolder(folder: string, name: string): Promise<void>;
  /** `from` and `to` = paths from the server's folder. */
  rename(files: readonly Renaming[]): Promise<void>;
  copy(path: string): Promise<void>;
  remove(folder: string, names: readonly string[]): Promise<void>;
  chmod(folder: string, names: readonly string[], mode: string): Promise<void>;
  /** Returns the archive, which is in the folder. `name` = one without its ending, which only some panels give. */
  pack(folder: string, names: readonly string[], name?: string): Promise<ServerFile>;
  unpack(folder: string, name: string): Promise<void>;
  pull(folder: string, wanted: { readonly url: string; readonly name: string | null }): Promise<void>;
}

export interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** Throws `PerchError` if the panel has not listed the server. */
export type FilesPanelOf = (serverId: string) => FilesPanel;
