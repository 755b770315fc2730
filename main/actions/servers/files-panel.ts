import { toProblem } from '../../../bridge/errors.js';
import { textWritePermission } from '../../../bridge/panel/permissions.js';
import type { FilesPanel } from '../../files/files-panel.js';
import type { PanelApi } from '../../panel/api.js';
import { asked, demand, serverOf, type ServerDeps } from '../deps.js';

/** The files of a server on its panel. Throws `PerchError` if the panel has not listed the server. */
export function filesPanel(deps: ServerDeps, serverId: string): FilesPanel {
  const { identifier } = serverOf(deps, serverId).server;
  const ask = <T>(permission: string, run: (panel: PanelApi) => Promise<T>): Promise<T> =>
    asked(deps, serverId, permission, ({ watched: { panel } }) => run(panel));
  return {
    demand: (permission) => demand(serverOf(deps, serverId).server, permission),
    clockAhead: () => serverOf(deps, serverId).watched.panel.clockAhead() ?? 0,
    restUntil: (freePart) => serverOf(deps, serverId).watched.panel.restUntil(freePart),
    list: (folder) => ask('file.read', (panel) => panel.files(identifier, folder)),
    read: (path) =>
      ask('file.read-content', (panel) => panel.fileContents(identifier, path)).catch((error: unknown) => {
        if (toProblem(error).message.id === 'panel.file-too-large') return null;
        throw error;
      }),
    write: (path, content) =>
      ask(textWritePermission(serverOf(deps, serverId).server.permissions), (panel) =>
        panel.writeFile(identifier, path, content),
      ),
    createFolder: (folder, name) =>
      ask('file.create', (panel) => panel.createFolder(identifier, folder, name)),
    // Panels cut spaces from a path as a whole, which no path here has at its ends (PROTOCOL 2.17.16).
    rename: (files) =>
      ask('file.update', (panel) =>
        panel.renameFiles(
          identifier,
          '/',
          files.map(({ from, to }) => ({ from: from.slice(1), to: to.slice(1) })),
        ),
      ),
    copy: (path) => ask('file.create', (panel) => panel.copyFile(identifier, path)),
    remove: (folder, names) => ask('file.delete', (panel) => panel.deleteFiles(identifier, folder, names)),
    chmod: (folder, names, mode) =>
      ask('file.update', (panel) => panel.chmodFiles(identifier, folder, names, mode)),
    pack: (folder, files, name) =>
      ask('file.archive', (panel) =>
        panel.compressFiles(identifier, folder, name === undefined ? { files } : { files, name }),
      ),
    unpack: (folder, name) => ask('file.create', (panel) => panel.decompressFile(identifier, folder, name)),
    pull: (folder, wanted) => ask('file.create', (panel) => panel.pullFile(identifier, folder, wanted)),
  };
}
