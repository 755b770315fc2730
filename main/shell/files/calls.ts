/** Calls that save or read a file that the user chooses. An answer (or path) of null = the user chose no file. */
import type { CallTable } from '../../base/calls.js';
import type { BackupPreview } from '../../../bridge/schema/backup.js';
import { serverIn, type FleetNow } from '../system/in-fleet.js';
import { chooseBackup, saveBackup, saveChart, saveConsole, saveEvents, saveReport } from './chosen-files.js';
import type { OpenFileDeps } from './open-file.js';
import type { SaveFileDeps } from './save-file.js';

export type FileCallsDeps = SaveFileDeps &
  OpenFileDeps & {
    readonly store: FleetNow;
    /** The report of the last diagnosis. */
    readonly report: () => string;
    readonly backup: { text(): Promise<string>; look(text: string): Promise<BackupPreview> };
  };

export function fileCalls(deps: FileCallsDeps) {
  const { store, report, backup } = deps;
  return {
    'console.save': async ({ serverId, text }) => ({
      path: await saveConsole(deps, serverIn(store, serverId), text),
    }),
    'chart.save': async ({ serverId, ...chart }) => ({
      path: await saveChart(deps, serverIn(store, serverId), chart),
    }),
    'events.save': async ({ format, text }) => ({ path: await saveEvents(deps, format, text) }),
    'diagnosis.save': async () => ({ path: await saveReport(deps, report()) }),
    'backup.save': async () => ({ path: await saveBackup(deps, await backup.text()) }),
    'backup.choose': async () => {
      const text = await chooseBackup(deps);
      return text === null ? null : backup.look(text);
    },
  } satisfies CallTable;
}
