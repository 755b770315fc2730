import type { ReportPanel } from '../../crash-reports/find-report.js';
import { asked, serverOf, type ServerDeps } from '../deps.js';

/** The files of a server, to look for a crash report. Throws `PerchError` if the panel has not listed the server. */
export function crashReportPanel(deps: ServerDeps, serverId: string): ReportPanel {
  const { identifier } = serverOf(deps, serverId).server;
  return {
    list: (folder) =>
      asked(deps, serverId, 'file.read', ({ watched: { panel } }) => panel.files(identifier, folder)),
    contents: (path) =>
      asked(deps, serverId, 'file.read-content', ({ watched: { panel } }) =>
        panel.fileContents(identifier, path),
      ),
  };
}
