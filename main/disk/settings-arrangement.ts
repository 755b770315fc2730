import { withoutPanel } from '../../bridge/alerts/alert-changes.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { SettingsFile } from './settings.js';

/** Removes the servers of a removed account from pins, groups, dismissed fixes and alert settings. Never rejects. */
export async function forgetServersOf(
  settings: Pick<SettingsFile, 'update'>,
  accountId: string,
): Promise<void> {
  await settings.update((now) => withoutAccount(now, accountId)).catch(() => undefined);
}

type Fields = Pick<
  Settings,
  | 'pins'
  | 'groups'
  | 'visits'
  | 'leftOutOfIcon'
  | 'restartWarning'
  | 'stoppedTogether'
  | 'dismissedFixes'
  | 'alerts'
>;

/** The changed fields; null if no field names the account. */
export function withoutAccount(
  { alerts, ...arrangement }: Fields,
  accountId: string,
): Partial<Settings> | null {
  const arranged = arrangementWithout(arrangement, accountId);
  const told = withoutPanel(alerts, accountId);
  if (told === null) return arranged;
  return { ...arranged, alerts: told };
}

function arrangementWithout(
  {
    pins,
    groups,
    visits,
    leftOutOfIcon,
    restartWarning,
    stoppedTogether,
    dismissedFixes,
  }: Omit<Fields, 'alerts'>,
  accountId: string,
): Partial<Settings> | null {
  // Ids of servers and nodes begin with the account id.
  const isOthers = (id: string): boolean => !id.startsWith(`${accountId}/`);
  const all = [
    ...pins,
    ...groups.flatMap(({ serverIds }) => serverIds),
    ...visits.map(({ serverId }) => serverId),
    ...leftOutOfIcon.servers,
    ...leftOutOfIcon.nodes,
    ...Object.keys(restartWarning.commands),
    ...(stoppedTogether?.serverIds ?? []),
    ...dismissedFixes.map(({ serverId }) => serverId),
  ];
  if (all.every(isOthers)) return null;
  const left = stoppedTogether?.serverIds.filter(isOthers) ?? [];
  return {
    pins: pins.filter(isOthers),
    groups: groups.map((group) => ({ ...group, serverIds: group.serverIds.filter(isOthers) })),
    visits: visits.filter(({ serverId }) => isOthers(serverId)),
    leftOutOfIcon: {
      servers: leftOutOfIcon.servers.filter(isOthers),
      nodes: leftOutOfIcon.nodes.filter(isOthers),
    },
    restartWarning: {
      ...restartWarning,
      commands: Object.fromEntries(Object.entries(restartWarning.commands).filter(([id]) => isOthers(id))),
    },
    stoppedTogether:
      stoppedTogether === null || left.length === 0 ? null : { ...stoppedTogether, serverIds: left },
    dismissedFixes: dismissedFixes.filter(({ serverId }) => isOthers(serverId)),
  };
}
