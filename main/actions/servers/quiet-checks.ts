import { quietPermissions } from '../../../bridge/backups/quiet-means.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { QuietMeans } from '../../../bridge/schema/quiet-backups.js';
import { sentence } from '../../../messages/messages.js';
import { demand, serverOf } from '../deps.js';
import type { BackupDeps } from './create-backup.js';
import { lookAt } from './look-first.js';

/**
 * The server with its current state, if nothing known prevents a quiet backup. The limit is looked up first, so that no
 * server stops for a backup that the panel will refuse. Rejects with `PerchError`.
 */
export async function readyForQuiet(
  deps: Pick<BackupDeps, 'store' | 'fleet' | 'backups'>,
  serverId: string,
  meansOf: (server: Server) => QuietMeans,
): Promise<Server> {
  await lookAt(deps, serverId);
  const { server } = serverOf(deps, serverId);
  const permissions = quietPermissions(server, meansOf(server));
  for (const permission of ['backup.create', ...permissions]) demand(server, permission);
  if (!isGranted(server.permissions, 'backup.read')) return server;
  const { limit, used } = await deps.backups.read(serverId);
  if (limit === null || used < limit) return server;
  const place = deps.store.state.accounts.get(server.accountId)?.label ?? '';
  throw new PerchError(
    newProblem(
      'conflict',
      limit > 0 ? sentence('panel.backup-limit', { place, limit }) : sentence('panel.backup-none', { place }),
      limit > 0 ? sentence('panel.backup-limit-next') : sentence('panel.ask-host'),
    ),
  );
}
