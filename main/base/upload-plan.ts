import type { TakenFile } from '../../bridge/schema/taken-file.js';
import type { WantedTransfer } from '../../bridge/schema/transfers.js';

/** An upload that a person wants. */
export interface WantedUpload {
  /** Folder of the server. */
  readonly folder: string;
  /** Paths of files and folders on this computer. */
  readonly sources: readonly string[];
  /**
   * New name for a single file; null = the file's own name. If a folder has this name, the chosen files go into the
   * folder.
   */
  readonly as?: string | null;
}

export interface UploadPlan {
  readonly wanted: readonly WantedTransfer[];
  /** Files on the server that would be replaced. */
  readonly taken: readonly TakenFile[];
  /** Number of links, pipes and devices among the chosen files. */
  readonly leftOut: number;
}
