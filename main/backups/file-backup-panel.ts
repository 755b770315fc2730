import type { ServerFile } from '../../bridge/schema/files.js';
import type { TransferOffer } from '../../bridge/schema/transfers.js';

/** A file or folder at the root of a server's files. */
export type FileEntry = Pick<ServerFile, 'name' | 'kind' | 'bytes'>;

/** A server's files on its panel, as a backup needs them. All requests reject with `PerchError`. */
export interface FileBackupPanel {
  /** Ms by which the panel's clock is ahead of this computer's. */
  clockAhead(): number;
  /** Facts about the server for a transfer. */
  readonly transfer: Pick<TransferOffer, 'label' | 'panel' | 'node'>;
  /** Entries of the root. */
  list(): Promise<readonly FileEntry[]>;
  compress(wanted: { readonly files: readonly string[]; readonly name: string }): Promise<FileEntry>;
  /** Deletes files of the root. */
  remove(files: readonly string[]): Promise<void>;
}
