import { oneLine } from '../../../bridge/console/plain-line.js';
import { nodeKey } from '../../../bridge/fleet/left-out.js';
import { fileBackupPermissions } from '../../../bridge/panel/permissions.js';
import { say } from '../../../messages/messages.js';
import type { FileBackupPanel } from '../../backups/file-backup-panel.js';
import { asked, demand, serverOf, type ServerDeps } from '../deps.js';

/** The files of a server on its panel. Throws `PerchError` if the panel has not listed the server. */
export function fileBackupPanel(deps: ServerDeps, serverId: string): FileBackupPanel {
  const { server, watched } = serverOf(deps, serverId);
  const { identifier } = server;
  return {
    clockAhead: () => watched.panel.clockAhead() ?? 0,
    transfer: {
      label: say('file-backups.label', { server: oneLine(server.name, 200) }),
      panel: server.accountId,
      node: nodeKey(server).slice(0, 500),
    },
    list: () => asked(deps, serverId, 'file.read', ({ watched: { panel } }) => panel.files(identifier, '/')),
    compress: (wanted) =>
      asked(deps, serverId, 'file.archive', ({ watched: { panel } }) =>
        panel.compressFiles(identifier, '/', wanted),
      ),
    remove: (files) =>
      asked(deps, serverId, 'file.delete', ({ watched: { panel } }) =>
        panel.deleteFiles(identifier, '/', files),
      ),
  };
}

/** Throws `PerchError` if the state of the server or a missing permission prevents a backup of its files. */
export function readyForFileBackup(deps: ServerDeps, serverId: string): void {
  const { server } = serverOf(deps, serverId);
  for (const permission of fileBackupPermissions) demand(server, permission);
}
