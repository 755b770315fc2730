import { dirname } from 'node:path';
import type { TakenFile } from '../../bridge/schema/taken-file.js';
import type { TransferOffer, WantedTransfer } from '../../bridge/schema/transfers.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { UploadPlan } from '../base/upload-plan.js';
import type { FilesPanel } from '../files/files-panel.js';
import type { LocalFile } from './local-files.js';
import { packedFile, pathsDigest } from './packed-files.js';
import { packingPermissions } from './packed-upload.js';
import { sendingPermissions } from './sftp-folder-upload.js';
import { filesThere, type FilesThereDeps } from './files-there.js';
import { takenBy } from './taken-by.js';

export interface PlanPackedDeps extends Pick<FilesThereDeps, 'clock'> {
  readonly panel: FilesThereDeps['panel'] & Pick<FilesPanel, 'demand'>;
}

export interface WantedPacked {
  readonly serverId: string;
  /** Folder of the server that gets the files. */
  readonly folder: string;
  readonly planned: readonly { readonly file: LocalFile; readonly path: string }[];
  readonly server: Pick<TransferOffer, 'panel' | 'node'>;
  readonly way: 'packed' | 'sftp';
}

/**
 * An upload in archives or over SFTP: one transfer for each folder of this computer with chosen files. Looks for files
 * that would be replaced. Changes nothing. Rejects with `PerchError`, also for a missing permission.
 */
export async function planPacked(
  { serverId, folder, planned, server, way }: WantedPacked,
  { panel, clock }: PlanPackedDeps,
): Promise<Omit<UploadPlan, 'leftOut'>> {
  const permissions = way === 'sftp' ? sendingPermissions : packingPermissions;
  for (const permission of permissions) panel.demand(permission);
  const there = await filesThere(
    planned.map(({ path }) => path),
    { clock, panel, folder },
  );
  const taken: TakenFile[] = [];
  for (const { file, path } of planned) {
    const entry = there.get(path);
    if (entry !== undefined) taken.push(takenBy(path, entry, file));
  }
  const wanted = [...byParent(planned)].map(([parent, own]): WantedTransfer => {
    const paths = new Set(own.map(({ path }) => path));
    const names = [...new Set(own.map(({ file }) => file.below[0] ?? file.file))];
    const [first = ''] = names;
    const replaced = taken.map(({ path }) => path).filter((path) => paths.has(path));
    const files = own.map(({ file }) => packedFile(file));
    return {
      ...server,
      source: { kind: 'packed', serverId, path: folder, names, paths: pathsDigest(files), replaced },
      label: oneLine(first, 200),
      size: files.reduce((sum, { bytes }) => sum + bytes, 0),
      sha1: null,
      ...(way === 'sftp' && { by: way }),
      target: { folder: parent, file: first, ifTaken: replaced.length > 0 ? 'replace' : 'refuse' },
    };
  });
  return { wanted, taken };
}

/** The files by the folders of this computer in which something was chosen. */
function byParent(planned: WantedPacked['planned']): ReadonlyMap<string, WantedPacked['planned']> {
  const parents = new Map<string, WantedPacked['planned'][number][]>();
  for (const one of planned) {
    const parent = one.file.below.reduce((folder) => dirname(folder), one.file.folder);
    const known = parents.get(parent);
    if (known === undefined) parents.set(parent, [one]);
    else known.push(one);
  }
  return parents;
}
