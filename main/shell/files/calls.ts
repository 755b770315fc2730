/** Calls that save or read a file that the user chooses. An answer (or path) of null = the user chose no file. */
import type { CallTable } from '../../base/calls.js';
import type { ImportPreview } from '../../../bridge/schema/import-preview.js';
import { serverIn, type FleetNow } from '../system/in-fleet.js';
import type { ImportedRules } from '../../../bridge/schema/rule-file-calls.js';
import type { ImportedSchedules, SeenWhole } from '../../../bridge/schema/schedules.js';
import {
  chooseImport,
  chooseRules,
  chooseSchedules,
  saveChart,
  saveConsole,
  saveEvents,
  savePeople,
  saveExport,
  saveReport,
  saveRules,
  saveSchedules,
} from './chosen-files.js';
import type { OpenFileDeps } from './open-file.js';
import type { SaveFileDeps } from './save-file.js';

export type FileCallsDeps = SaveFileDeps &
  OpenFileDeps & {
    readonly store: FleetNow;
    /** The report of the last diagnosis. */
    readonly report: () => string;
    readonly exports: {
      text(): Promise<string>;
      look(text: string): Promise<ImportPreview>;
      rulesText(ids: readonly string[]): Promise<string>;
      rulesIn(text: string): Promise<ImportedRules>;
      schedulesText(schedules: readonly SeenWhole[]): Promise<string>;
      schedulesIn(text: string): Promise<ImportedSchedules>;
    };
  };

export function fileCalls(deps: FileCallsDeps) {
  const { store, report, exports } = deps;
  return {
    'console.save': async ({ serverId, text }) => ({
      path: await saveConsole(deps, serverIn(store, serverId), text),
    }),
    'chart.save': async ({ serverId, ...chart }) => ({
      path: await saveChart(deps, serverIn(store, serverId), chart),
    }),
    'events.save': async ({ format, text, about }) => ({
      path: await (about === 'people' ? savePeople : saveEvents)(deps, format, text),
    }),
    'diagnosis.save': async () => ({ path: await saveReport(deps, report()) }),
    'exports.save': async () => ({ path: await saveExport(deps, await exports.text()) }),
    'exports.choose': async () => {
      const text = await chooseImport(deps);
      return text === null ? null : exports.look(text);
    },
    'rules.export': async ({ ids }) => ({ path: await saveRules(deps, await exports.rulesText(ids)) }),
    'rules.chooseImport': async () => {
      const text = await chooseRules(deps);
      return text === null ? null : exports.rulesIn(text);
    },
    'schedules.export': async ({ serverId, schedules }) => ({
      path: await saveSchedules(deps, serverIn(store, serverId), await exports.schedulesText(schedules)),
    }),
    'schedules.chooseImport': async () => {
      const text = await chooseSchedules(deps);
      return text === null ? null : exports.schedulesIn(text);
    },
  } satisfies CallTable;
}
