import type { TakenFile } from '../../bridge/schema/taken-file.js';
import type { WantedTransfer } from '../../bridge/schema/transfers.js';

/** What a person wants to upload. */
export interface WantedUpload {
  /** Folder of the server. */
  readonly folder: string;
  /** Paths of files and folders on this computer. */
  readonly sources: readonly string[];
  /** Name for a single file; null = its own. A folder of this name gets what was chosen instead. */
  readonly as?: string | null;
}

export interface UploadPlan {
  readonly wanted: readonly WantedTransfer[];
  /** Files on the server that would be replaced. */
  readonly taken: readonly TakenFile[];
  /** Number of links, pipes and devices among the chosen files. */
  readonly leftOut: number;
}
