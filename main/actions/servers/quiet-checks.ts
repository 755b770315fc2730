import { quietPermissions } from '../../../bridge/backups/quiet-means.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { QuietMeans } from '../../../bridge/schema/quiet-backups.js';
import { sentence } from '../../../messages/messages.js';
import { demand, serverOf, type ServerDeps } from '../deps.js';
import type { BackupDeps } from './create-backup.js';
import { refreshState } from './refresh-first.js';

/** Throws `PerchError` if something known prevents any backup. The host's limit is apart, because Perch may make room. */
export function readyForBackup(deps: ServerDeps, serverId: string): void {
  demand(serverOf(deps, serverId).server, 'backup.create');
}

/**
 * The server with its current state, if nothing known prevents a quiet backup, the host's limit apart. Rejects with
 * `PerchError`.
 */
export async function readyForQuiet(
  deps: ServerDeps,
  serverId: string,
  meansOf: (server: Server) => QuietMeans,
): Promise<Server> {
  await refreshState(deps, serverId);
  const { server } = serverOf(deps, serverId);
  const permissions = quietPermissions(server, meansOf(server));
  for (const permission of ['backup.create', ...permissions]) demand(server, permission);
  return server;
}

/** Rejects if the host allows no further backup, so that no server stops for a backup that the panel will refuse. */
export async function findRoom(
  { store, backups }: Pick<BackupDeps, 'store' | 'backups'>,
  server: Server,
): Promise<void> {
  if (!isGranted(server.permissions, 'backup.read')) return;
  const { limit, used } = await backups.read(server.id);
  if (limit === null || used < limit) return;
  const place = store.state.accounts.get(server.accountId)?.label ?? '';
  throw new PerchError(
    newProblem(
      'conflict',
      limit > 0 ? sentence('panel.backup-limit', { place, limit }) : sentence('panel.backup-none', { place }),
      limit > 0 ? sentence('panel.backup-limit-next') : sentence('panel.ask-host'),
    ),
  );
}
