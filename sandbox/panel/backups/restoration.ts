import type { Server } from '../../data/world.js';
import { panelError } from '../errors.js';
import { noContent, type Call, type Reply, type RouteContext } from '../route.js';
import { isTrue } from './changes.js';
import { backupOf } from './reads.js';

/** The server counts as restoring until the node reports the end (`BackupReports.restorationEnded`). */
export async function restoreBackup(
  { world, gateway, activity }: RouteContext,
  call: Call<Server>,
): Promise<Reply> {
  const { server, user, input } = call;
  const backup = backupOf(world, call);
  // The other states are conflicts; a failed reinstallation is one in some panels only.
  if (server.status !== null) {
    throw refused('This server is not currently in a state that allows for a backup to be restored.');
  }
  if (backup.completedAt === null) {
    throw refused('This backup cannot be restored at this time: not completed or failed.');
  }
  server.status = 'restoring_backup';
  world.saveServer(server);
  try {
    await gateway.pass(server, `restore backup ${backup.name}`, (node) =>
      node.backups.restore(server.uuid, backup.uuid, isTrue(input['truncate'])),
    );
  } catch (error) {
    server.status = null;
    world.saveServer(server);
    throw error;
  }
  activity.record(server.uuid, {
    event: 'server:backup.restore',
    userUuid: user.uuid,
    properties: { name: backup.name, truncate: input['truncate'] },
  });
  return noContent;
}

function refused(detail: string): Error {
  return panelError(400, 'BadRequestHttpException', detail);
}
