/** Files that transfers leave on nodes for a while: temporary files of uploads, and archives. */
import { toProblem } from '../../bridge/errors.js';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import type { FilesPanel } from '../files/files-panel.js';
import type { FolderArchives } from './folder-archives.js';
import { archivesPrefix } from './packed-there.js';
import { filesThere, type FilesThereDeps } from './files-there.js';
import { asidePath } from './sftp-folder-upload.js';
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
  readonly clock: FilesThereDeps['clock'];
  readonly panelOf: (serverId: string) => Pick<FilesPanel, 'list' | 'remove' | 'rename' | 'restUntil'>;
  readonly archives: Pick<FolderArchives, 'remove'>;
  readonly naming: Pick<UploadNaming, 'removePart'>;
}

export class NodeLeftovers {
  /** Ids of uploads that may have left a file on a node: begun in this run, or known since an earlier run. */
  readonly #sent = new Set<string>();

  constructor(private readonly deps: NodeLeftoversDeps) {}

  /** Something of an upload may be on the node from now on. */
  sent(one: QueuedTransfer): void {
    if (mayLeave(one) && !isFolder(one)) this.#sent.add(one.id);
  }

  /**
   * Whether something of a transfer that has ended is still on the node, which nobody needs. Files that were moving
   * over SFTP are needed: the server has some of them already, and another attempt moves the rest.
   */
  isLeft(one: QueuedTransfer): boolean {
    if (leavesArchive(one)) return true;
    if (one.stage !== 'failed' || !this.#sent.has(one.id)) return false;
    return isPacked(one) ? !isMoving(one) : isHalfThere(one);
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
      if (isMoving(one)) await this.#putBack(one);
      const names = (await listedOrNone(panel, path)).map(({ name }) => name);
      const own = names.filter((name) => name.startsWith(archivesPrefix(one)));
      if (own.length > 0) await panel.remove(path, own);
      return true;
    } catch (error) {
      const { code } = toProblem(error);
      return code === 'not-found' || code === 'forbidden';
    }
  }

  /** Gives earlier files their names back that an ended attempt over SFTP had set aside, if the new ones have not come. */
  async #putBack({ id, source }: PackedRecord): Promise<void> {
    const { path: folder, replaced, serverId } = source;
    const panel = this.deps.panelOf(serverId);
    const asides = new Map(replaced.map((path) => [asidePath(id, path), path]));
    const paths = [...asides.keys(), ...replaced];
    const there = await filesThere(paths, { clock: this.deps.clock, panel, folder });
    for (const [aside, path] of asides) {
      if (!there.has(aside)) continue;
      if (there.has(path)) await panel.remove(folderOf(aside), [lastPart(aside)]);
      else await panel.rename([{ from: aside, to: path }]);
    }
  }
}

/** Whether files of an upload may have moved to their places over SFTP, and others not. */
function isMoving({ by, sent, source }: PackedRecord): boolean {
  return by === 'sftp' && sent?.of === source.paths;
}

/** Whether a transfer leaves a file on a node for a while. */
export function mayLeave(one: QueuedTransfer): boolean {
  return isUpload(one) || isPacked(one) || isFolder(one);
}

/**
 * Whether the node may have a part of a file. SFTP writes while bytes come, and the next attempt begins at the first byte,
 * so a part only takes room, which a full server needs.
 */
function isHalfThere(one: QueuedTransfer): boolean {
  return isUpload(one) && one.by === 'sftp' && one.placed === null;
}
