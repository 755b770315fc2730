import { randomUUID } from 'node:crypto';
import { crashReportPanel } from '../actions/servers/crash-report-panel.js';
import type { CallTable } from '../base/calls.js';
import type { Network } from '../base/network-ports.js';
import type { Vault } from '../base/ports.js';
import { CrashReports } from '../crash-reports/crash-reports.js';
import { sharingCalls } from '../sharing/calls.js';
import { Sharing } from '../sharing/sharing.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';
import type { TransferModules } from './transfer-modules.js';

export interface ReportModulesDeps
  extends Shared, Pick<FleetModules, 'fleet'>, Pick<TransferModules, 'tailOf'> {
  readonly network: Network;
  readonly vault: Vault;
}

/** Builds the parts that find crash reports and share logs. */
export function reportModules(deps: ReportModulesDeps) {
  const { store, fleet, disk } = deps;
  const crashReports = new CrashReports({
    ...deps,
    panelOf: (serverId) => crashReportPanel({ store, fleet }, serverId),
  });
  const sharing = new Sharing({
    ...deps,
    settings: disk.settings,
    memory: disk.memory,
    nameOf: (serverId) => store.state.servers.get(serverId)?.name,
    newId: randomUUID,
  });
  const calls = {
    ...sharingCalls(sharing),
    'crashReport.open': ({ serverId }) => crashReports.open(serverId),
  } satisfies CallTable;
  return { crashReports, sharing, calls };
}
