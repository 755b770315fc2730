/** What transfers leave on nodes for a while: temporary names of uploads, and archives. */
import { toProblem } from '../../bridge/errors.js';
import type { FilesPanel } from '../files/files-panel.js';
import type { FolderArchives } from './folder-archives.js';
import { archivesPrefix } from './packed-upload.js';
import {
  isFolder,
  isPacked,
  isUpload,
  leavesArchive,
  type PackedRecord,
  type QueuedTransfer,
} from './transfer-kinds.js';
import { listedOrNone, type UploadNaming } from './upload-naming.js';

export interface NodeLeftoversDeps {
  readonly panelOf: (serverId: string) => Pick<FilesPanel, 'list' | 'remove'>;
  readonly archives: Pick<FolderArchives, 'remove'>;
  readonly naming: Pick<UploadNaming, 'removePart'>;
}

export class NodeLeftovers {
  /** Ids of uploads of which something may lie on a node: begun in this run, or known since an earlier one. */
  readonly #sent = new Set<string>();

  constructor(private readonly deps: NodeLeftoversDeps) {}

  /** Something of an upload may be on the node from now on. */
  sent(one: QueuedTransfer): void {
    if (mayLeave(one) && !isFolder(one)) this.#sent.add(one.id);
  }

  /** Whether something of a transfer that has ended is still on the node, which nobody needs. */
  isLeft(one: QueuedTransfer): boolean {
    return leavesArchive(one) || (one.stage === 'failed' && isPacked(one) && this.#sent.has(one.id));
  }

  /** False = later, because the panel does not answer. Asks the panel only if there may be something. Never rejects. */
  async remove(one: QueuedTransfer): Promise<boolean> {
    const isGone = await this.#isGone(one);
    if (isGone) this.#sent.delete(one.id);
    return isGone;
  }

  #isGone(one: QueuedTransfer): Promise<boolean> {
    if (isFolder(one)) return this.deps.archives.remove(one.id);
    if (one.placed === null && !this.#sent.has(one.id)) return Promise.resolve(true);
    if (isPacked(one)) return this.#removeArchives(one);
    return isUpload(one) ? this.deps.naming.removePart(one) : Promise.resolve(true);
  }

  async #removeArchives(one: PackedRecord): Promise<boolean> {
    const { path, serverId } = one.source;
    try {
      const panel = this.deps.panelOf(serverId);
      const names = (await listedOrNone(panel, path)).map(({ name }) => name);
      const own = names.filter((name) => name.startsWith(archivesPrefix(one)));
      if (own.length > 0) await panel.remove(path, own);
      return true;
    } catch (error) {
      const { code } = toProblem(error);
      return code === 'not-found' || code === 'forbidden';
    }
  }
}

/** Whether a transfer leaves something on a node for a while. */
export function mayLeave(one: QueuedTransfer): boolean {
  return isUpload(one) || isPacked(one) || isFolder(one);
}
