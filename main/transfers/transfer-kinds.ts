/** Kinds of transfers, and their differences. Pure. */
import type { TransferRecord, TransferSource } from '../../bridge/schema/transfers.js';

export interface QueuedTransfer extends TransferRecord {
  /** Monotonic time before which no attempt begins; null = at once. */
  readonly retryAt: number | null;
}

/** Key of a transfer's content. The target of an upload is in its source, so two local files may have the same. */
export function contentOf({
  source,
  file,
  ifTaken,
}: Pick<TransferRecord, 'source' | 'file' | 'ifTaken'>): string {
  switch (source.kind) {
    case 'upload':
      return JSON.stringify([source.kind, source.path, file, ifTaken]);
    case 'packed':
      return JSON.stringify([source.kind, source.path, source.paths, source.replaced.length]);
    case 'folder':
      return JSON.stringify([source.kind, source.path, source.as]);
    case 'file':
      return `${source.kind} ${source.path}`;
    default:
      return source.backup;
  }
}

/** A transfer from this computer to a node. */
export type UploadRecord = QueuedTransfer & { readonly source: Extract<TransferSource, { kind: 'upload' }> };

export function isUpload(one: QueuedTransfer): one is UploadRecord {
  return one.source.kind === 'upload';
}

/** A folder of the server that the node packs. */
export type FolderRecord = QueuedTransfer & { readonly source: Extract<TransferSource, { kind: 'folder' }> };

export function isFolder(one: QueuedTransfer): one is FolderRecord {
  return one.source.kind === 'folder';
}

/** An upload of many files in archives. */
export type PackedRecord = QueuedTransfer & { readonly source: Extract<TransferSource, { kind: 'packed' }> };

export function isPacked(one: QueuedTransfer): one is PackedRecord {
  return one.source.kind === 'packed';
}

/** Whether the node still has an archive that its ended transfer no longer needs. */
export function leavesArchive({ stage, archive = null }: TransferRecord): boolean {
  return (stage === 'done' || stage === 'failed') && archive !== null;
}
