/** Downloads of backups: what is downloaded, and a new link for each attempt (PROTOCOL 2.16.13). */
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { nodeKey } from '../../../bridge/fleet/left-out.js';
import type { TransferOffer, TransferSource } from '../../../bridge/schema/transfers.js';
import { say, sentence } from '../../../messages/messages.js';
import { safeFileName } from '../../base/safe-file-name.js';
import { asked, type ServerDeps } from '../deps.js';

const permission = 'backup.download';
const ofFile = 'file.read-content';

/** What a transfer of a backup needs to know, with a name for its file. Rejects with `PerchError`. */
export function backupToDownload(deps: ServerDeps, serverId: string, id: string): Promise<TransferOffer> {
  return asked(deps, serverId, permission, async ({ server, watched }) => {
    const backup = await watched.panel.backup(server.identifier, id);
    const label = oneLine(backup.name, 200);
    if (backup.state !== 'good') {
      throw new PerchError(newProblem('conflict', sentence('transfers.not-good', { name: label })));
    }
    const name = [oneLine(server.name, 60), oneLine(backup.name, 100)].join(' ');
    return {
      source: { kind: 'backup', serverId, backup: backup.id },
      label,
      panel: server.accountId,
      node: nodeKey(server).slice(0, 500),
      size: backup.bytes,
      sha1: backup.sha1,
      file: safeFileName(name, { ending: '.tar.gz', other: say('transfers.backup-file') }),
    };
  });
}

/** A new link to a backup, or to an archive of files. Rejects with `PerchError`; `conflict` before the panel has listed the server. */
export async function backupLink(
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
  const isArchive = source.kind === 'archive';
  const url = await asked(
    deps,
    serverId,
    isArchive ? ofFile : permission,
    ({ server, watched: { panel } }) =>
      isArchive
        ? panel.fileLink(server.identifier, `/${source.name}`)
        : panel.backupLink(server.identifier, source.backup),
  );
  return { url, accountId, origin: fleet.panelOf(accountId).origin };
}
