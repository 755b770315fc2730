/** Files to download from nodes, and a new link for each attempt of a transfer (PROTOCOL 2.16.13, 2.17.11). */
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { folderOf, lastPart } from '../../../bridge/files/file-paths.js';
import { nodeKey } from '../../../bridge/fleet/left-out.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { TransferOffer, TransferSource } from '../../../bridge/schema/transfers.js';
import { say, sentence } from '../../../messages/messages.js';
import { safeFileName } from '../../base/safe-file-name.js';
import { asked, demand, serverOf, type ServerDeps } from '../deps.js';

const permissions = {
  backup: 'backup.download',
  archive: 'file.read-content',
  file: 'file.read-content',
  upload: 'file.create',
  folder: 'file.read-content',
  packed: 'file.create',
} as const;

/** Request for the transfer of a backup, with a name for its file. Rejects with `PerchError`. */
export function backupToDownload(deps: ServerDeps, serverId: string, id: string): Promise<TransferOffer> {
  return asked(deps, serverId, permissions.backup, async ({ server, watched }) => {
    const backup = await watched.panel.backup(server.identifier, id);
    const label = oneLine(backup.name, 200);
    if (backup.state !== 'good') {
      throw new PerchError(newProblem('conflict', sentence('transfers.not-good', { name: label })));
    }
    const name = [oneLine(server.name, 60), oneLine(backup.name, 100)].join(' ');
    return {
      source: { kind: 'backup', serverId, backup: backup.id },
      label,
      ...placeOf(server),
      size: backup.bytes,
      sha1: backup.sha1,
      file: safeFileName(name, { ending: '.tar.gz', other: say('transfers.backup-file') }),
    };
  });
}

/** Form of a downloaded folder on this computer. */
export type FolderForm = Extract<TransferSource, { kind: 'folder' }>['as'];

/** Permissions for a folder: the node packs it, and Perch removes the archive. SFTP needs only the first one. */
const folderPermissions = ['file.read-content', 'file.archive', 'file.delete'];

/**
 * Request for the transfer of a file or folder, with a name that this computer takes. Rejects with `PerchError`, also
 * for a link, of which a node sends nothing.
 */
export function fileToDownload(
  deps: ServerDeps,
  serverId: string,
  { path, as, hasSftp }: { readonly path: string; readonly as: FolderForm; readonly hasSftp: boolean },
): Promise<TransferOffer> {
  const [folder, name] = [folderOf(path), lastPart(path)];
  return asked(deps, serverId, 'file.read', async ({ server, watched }) => {
    demand(server, permissions.file);
    const found = (await watched.panel.files(server.identifier, folder)).find((one) => one.name === name);
    const label = oneLine(name, 200);
    if (found === undefined) {
      throw new PerchError(newProblem('not-found', sentence('transfers.file-gone', { name: label })));
    }
    if (found.kind === 'folder') {
      const needed = as === 'folder' && hasSftp ? [permissions.folder] : folderPermissions;
      for (const permission of needed) demand(server, permission);
      const ending = as === 'archive' ? '.tar.gz' : '';
      return {
        ...placeOf(server),
        source: { kind: 'folder', serverId, path, as },
        label,
        size: null,
        sha1: null,
        file: safeFileName(name, { ending, other: say('transfers.other-folder') }),
      };
    }
    if (found.kind !== 'file') {
      throw new PerchError(newProblem('conflict', sentence('transfers.not-a-file', { name: label })));
    }
    return {
      ...placeOf(server),
      source: { kind: 'file', serverId, path },
      label,
      size: found.bytes,
      sha1: null,
      file: safeFileName(name, { ending: '', other: say('transfers.other-file') }),
    };
  });
}

/** Facts about the server of an upload, for its transfer. Throws `PerchError`. */
export function uploadServer(deps: ServerDeps, serverId: string): Pick<TransferOffer, 'panel' | 'node'> {
  return placeOf(serverOf(deps, serverId).server);
}

function placeOf(server: Server): Pick<TransferOffer, 'panel' | 'node'> {
  return { panel: server.accountId, node: nodeKey(server).slice(0, 500) };
}

/**
 * A new link for the download or the upload of a transfer. Rejects with `PerchError`; `conflict` before the panel
 * has listed the server.
 */
export async function nodeLink(
  deps: ServerDeps,
  source: TransferSource,
): Promise<{ url: string; accountId: string; origin: string }> {
  const { store, fleet } = deps;
  const { serverId } = source;
  const [accountId = ''] = serverId.split('/');
  const account = store.state.accounts.get(accountId);
  if (!store.state.servers.has(serverId) && account !== undefined && account.state.kind !== 'ready') {
    throw new PerchError(newProblem('conflict', sentence('transfers.not-listed')));
  }
  const url = await asked(
    deps,
    serverId,
    permissions[source.kind],
    ({ server: { identifier }, watched: { panel } }) => {
      if (source.kind === 'upload' || source.kind === 'packed') return panel.uploadLink(identifier);
      if (source.kind === 'backup') return panel.backupLink(identifier, source.backup);
      return panel.fileLink(identifier, 'path' in source ? source.path : `/${source.name}`);
    },
  );
  return { url, accountId, origin: fleet.panelOf(accountId).origin };
}
