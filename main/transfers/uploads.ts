/**
 * Uploads that a person wants: looks at the files on this computer and at the folder on the server, and hands the
 * files to the queue.
 *
 *   const plan = await uploads.plan(serverId, { folder, sources })   rejects for what can't be uploaded
 *   plan.taken                                                       files that would be replaced: ask first
 *   await uploads.begin(plan)                                        ids of the transfers
 */
import { PerchError, newProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { folderOf, joined, lastPart, nameFault } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import type { TakenFile } from '../../bridge/schema/taken-file.js';
import { mostPackedFiles, type TransferOffer, type WantedTransfer } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import type { FilesPanel } from '../files/files-panel.js';
import type { UploadPlan, WantedUpload } from '../base/upload-plan.js';
import { wayFor } from './folder-way.js';
import { localFiles, type LocalFile } from './local-files.js';
import { planPacked, type PlanPackedDeps } from './packed-plan.js';
import { takenBy } from './taken-by.js';
import { tooLarge, unhidden } from './upload-failures.js';
import type { TransferPanelOf } from './transfer-panel.js';
import { usualLimit } from './upload-limits.js';
import { listedOrNone, mayHide } from './upload-naming.js';

export interface UploadsDeps extends Pick<PlanPackedDeps, 'clock'> {
  readonly panelOf: TransferPanelOf;
  /** Largest file that the server's node takes, in MB of 1024 KB; null = unknown. */
  readonly limitOf: (serverId: string) => number | null;
  /** Whether files above the limit can go over SFTP. */
  readonly hasSftp: (serverId: string) => boolean;
  /** Facts about the server for a transfer. Throws `PerchError`. */
  readonly serverOf: (serverId: string) => Pick<TransferOffer, 'panel' | 'node'>;
  readonly transfers: { add(wanted: WantedTransfer): Promise<string> };
}

const megabyte = 1_048_576;

export class Uploads {
  constructor(private readonly deps: UploadsDeps) {}

  /** Only plans. Rejects with `PerchError`. */
  async plan(
    serverId: string,
    { folder: wanted, sources, as: wish = null }: WantedUpload,
  ): Promise<UploadPlan> {
    const panel = this.deps.panelOf(serverId);
    panel.demand('file.create');
    const { files, leftOut, isCut } = await localFiles(sources, mostPackedFiles).catch((error: unknown) => {
      throw new PerchError(newProblem('invalid', sentence('uploads.not-read')), { cause: error });
    });
    if (isCut)
      throw new PerchError(newProblem('conflict', sentence('uploads.too-many', { most: mostPackedFiles })));
    const [first] = files;
    if (first === undefined) throw new PerchError(newProblem('conflict', sentence('uploads.nothing')));
    const hasSftp = this.deps.hasSftp(serverId);
    // SFTP takes any size, while a node probably refuses the file after its last byte.
    const guess = hasSftp && mayHide(panel) ? usualLimit : null;
    const limit = this.deps.limitOf(serverId) ?? guess;
    const isAbove = ({ bytes }: LocalFile): boolean => limit !== null && bytes > limit * megabyte;
    if (limit !== null && files.some(isAbove)) {
      if (!hasSftp) throw tooLarge(limit);
      if (!mayHide(panel)) throw unhidden();
    }
    const isOne = files.length === 1 && first.below.length === 0;
    const isFolder = wish !== null && (!isOne || (await hasFolder(panel, wanted, wish)));
    const folder = isFolder ? joined(wanted, wish) : wanted;
    const planned = files.map((file) => ({ file, path: pathOf(folder, file, isFolder ? null : wish) }));
    demandOnce(planned.map(({ path }) => path));
    const way = wayFor({
      files: files.length,
      hasLarge: files.some(isAbove),
      hasSftp,
    });
    if (way !== 'each') {
      const packed = { serverId, folder, planned, server: this.deps.serverOf(serverId), way };
      return { ...(await planPacked(packed, { ...this.deps, panel })), leftOut };
    }
    const found = new Map<string, readonly ServerFile[]>();
    const taken: TakenFile[] = [];
    for (const { file, path } of planned) {
      const into = folderOf(path);
      const entries = found.get(into) ?? (await listedOrNone(panel, into));
      found.set(into, entries);
      const there = entries.find(({ name }) => name === lastPart(path));
      if (there !== undefined) taken.push(takenBy(path, there, file));
    }
    const isTaken = new Set(taken.map(({ path }) => path));
    const server = this.deps.serverOf(serverId);
    const transfers = planned.map(({ file: mine, path }): WantedTransfer => ({
      ...server,
      source: { kind: 'upload', serverId, path },
      label: oneLine(lastPart(path), 200),
      size: mine.bytes,
      sha1: null,
      ...(isAbove(mine) && { by: 'sftp' as const }),
      target: { folder: mine.folder, file: mine.file, ifTaken: isTaken.has(path) ? 'replace' : 'refuse' },
    }));
    return { wanted: transfers, taken, leftOut };
  }

  /** Call only after a person agreed to replace `taken`. Resolves with the ids of the transfers. */
  async begin({ wanted }: UploadPlan): Promise<string[]> {
    const ids: string[] = [];
    for (const one of wanted) ids.push(await this.deps.transfers.add(one));
    return ids;
  }
}

async function hasFolder(panel: Pick<FilesPanel, 'list'>, folder: string, name: string): Promise<boolean> {
  const entries = await listedOrNone(panel, folder);
  return entries.some((entry) => entry.name === name && entry.kind === 'folder');
}

/** Throws `invalid` for a name that a panel can't act on (PROTOCOL 2.17.16). */
function pathOf(folder: string, { below, file }: LocalFile, as: string | null): string {
  const names = [...below, as ?? file];
  const odd = names.find((name) => nameFault(name) !== null);
  if (odd !== undefined) {
    throw new PerchError(newProblem('invalid', sentence('uploads.odd-name', { name: oneLine(odd, 80) })));
  }
  return names.reduce(joined, folder);
}

/** Throws `conflict` if two files would get the same path. */
function demandOnce(paths: readonly string[]): void {
  const seen = new Set<string>();
  const twice = paths.find((path) => seen.size === seen.add(path).size);
  if (twice === undefined) return;
  const name = oneLine(lastPart(twice), 80);
  throw new PerchError(newProblem('conflict', sentence('uploads.twice', { name })));
}
