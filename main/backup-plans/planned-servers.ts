/** Which servers have a plan of backups, by the rules for backups (BACKUP-RULES "Plan"). Pure. */
import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { sharedPolicyOf, type BackupPolicy } from '../../bridge/backups/backup-rules.js';
import type { Change, FleetState } from '../../bridge/fleet/changes.js';
import { isGranted } from '../../bridge/panel/permissions.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { WatchedFleet } from '../fleet/api.js';
import { twinsOf } from '../fleet/twins.js';

export interface PlannedServer {
  readonly plan: NonNullable<BackupPolicy['plan']>;
  /** Address of the panel. */
  readonly panel: string;
  /** Ids of the server in all accounts of its panel. */
  readonly twins: readonly string[];
}

/** By the server's id in the first account of its panel. Servers without any right to a backup have no plan. */
export function plannedServers(
  state: FleetState,
  { backupRules, groups }: Pick<Settings, 'backupRules' | 'groups'>,
): ReadonlyMap<string, PlannedServer> {
  const choices = [backupRules.all, ...backupRules.rules.map((rule) => rule.choices)];
  if (!choices.some(({ plan }) => plan)) return new Map();
  return new Map(
    [...state.servers.values()].flatMap((server) => {
      const twins = twinsOf(state, server);
      if (twins[0]?.id !== server.id || !twins.some(mayHaveBackups)) return [];
      const places = twins.map(({ id, accountId }) => placeOf({ groups }, { serverId: id, accountId }));
      const { plan } = sharedPolicyOf(backupRules, places);
      const panel = state.accounts.get(server.accountId)?.panelUrl ?? '';
      return plan === null ? [] : [[server.id, { plan, panel, twins: twins.map(({ id }) => id) }]];
    }),
  );
}

/** Whether a change can decide about which servers have a plan, or whether their panel answers. */
export function decides(change: Change): boolean {
  if (change.kind === 'server-patched') return change.patch.permissions !== undefined;
  return change.kind !== 'usage';
}

/** Whether the panel of a server answers, and Perch follows the server. */
export function isReachable(
  {
    fleet,
    store,
  }: { readonly fleet: Pick<WatchedFleet, 'server'>; readonly store: { readonly state: FleetState } },
  id: string,
): boolean {
  const account = store.state.accounts.get(store.state.servers.get(id)?.accountId ?? '');
  return account?.state.kind === 'ready' && fleet.server(id) !== null;
}

function mayHaveBackups({ permissions, limits }: Server): boolean {
  return isGranted(permissions, 'backup.create') && limits.backups !== 0;
}
