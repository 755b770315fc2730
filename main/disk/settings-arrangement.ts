import { isOfAccount } from '../../bridge/alerts/alert-settings.js';
import { channelsWithout } from '../../bridge/alerts/channel-choice.js';
import { backupRulesWithout } from '../../bridge/backups/backup-rules.js';
import { withoutPanel } from '../../bridge/alerts/alert-changes.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { MemoryFile } from './memory.js';
import type { SettingsFile } from './settings.js';

/** Removes the servers of a removed account from settings and application memory. Never rejects. */
export async function forgetServersOf(
  { settings, memory }: { settings: Pick<SettingsFile, 'update'>; memory: Pick<MemoryFile, 'update'> },
  accountId: string,
): Promise<void> {
  await settings.update((now) => withoutAccount(now, accountId)).catch(() => undefined);
  await memory.update((now) => memoryWithout(now, accountId)).catch(() => undefined);
}

type Fields = Pick<
  Settings,
  | 'pins'
  | 'groups'
  | 'leftOutOfIcon'
  | 'restartWarning'
  | 'quietBackups'
  | 'watchedFiles'
  | 'playerQueries'
  | 'queryChoices'
  | 'playerVerbs'
  | 'watchedPlayers'
  | 'whenEmpty'
  | 'dismissedFixes'
  | 'alerts'
  | 'backupRules'
  | 'channels'
>;

/** The changed fields; null if no field names the account. */
export function withoutAccount(
  { alerts, backupRules, channels, ...arrangement }: Fields,
  accountId: string,
): Partial<Settings> | null {
  const arranged = arrangementWithout(arrangement, accountId);
  const told = withoutPanel(alerts, accountId);
  const kept = backupRulesWithout(backupRules, (scope) => isOfAccount(scope, accountId));
  const sent = channelsWithout(channels, accountId);
  if (arranged === null && told === null && kept === null && sent === null) return null;
  return {
    ...arranged,
    ...(told === null ? {} : { alerts: told }),
    ...(kept === null ? {} : { backupRules: kept }),
    ...(sent === null ? {} : { channels: sent }),
  };
}

function arrangementWithout(
  {
    pins,
    groups,
    leftOutOfIcon,
    restartWarning,
    quietBackups,
    watchedFiles,
    playerQueries,
    queryChoices,
    playerVerbs,
    watchedPlayers,
    whenEmpty,
    dismissedFixes,
  }: Omit<Fields, 'alerts' | 'backupRules' | 'channels'>,
  accountId: string,
): Partial<Settings> | null {
  const isOthers = isOthersThan(accountId);
  const ofOthers = <T>(choices: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(choices).filter(([id]) => isOthers(id)));
  const all = [
    ...pins,
    ...groups.flatMap(({ serverIds }) => serverIds),
    ...leftOutOfIcon.servers,
    ...leftOutOfIcon.nodes,
    ...Object.keys(restartWarning.commands),
    ...Object.keys(quietBackups),
    ...Object.keys(watchedFiles),
    ...Object.keys(queryChoices),
    ...Object.keys(playerVerbs),
    ...Object.keys(watchedPlayers),
    ...Object.keys(whenEmpty),
    ...playerQueries.offAccounts.map((id) => `${id}/`),
    ...dismissedFixes.map(({ serverId }) => serverId),
  ];
  if (all.every(isOthers)) return null;
  return {
    pins: pins.filter(isOthers),
    groups: groups.map((group) => ({ ...group, serverIds: group.serverIds.filter(isOthers) })),
    leftOutOfIcon: {
      servers: leftOutOfIcon.servers.filter(isOthers),
      nodes: leftOutOfIcon.nodes.filter(isOthers),
    },
    restartWarning: {
      ...restartWarning,
      commands: ofOthers(restartWarning.commands),
    },
    quietBackups: ofOthers(quietBackups),
    watchedFiles: ofOthers(watchedFiles),
    playerQueries: {
      ...playerQueries,
      offAccounts: playerQueries.offAccounts.filter((id) => id !== accountId),
    },
    queryChoices: ofOthers(queryChoices),
    playerVerbs: ofOthers(playerVerbs),
    watchedPlayers: ofOthers(watchedPlayers),
    whenEmpty: ofOthers(whenEmpty),
    dismissedFixes: dismissedFixes.filter(({ serverId }) => isOthers(serverId)),
  };
}

/** The changed fields; null if no field names the account. */
export function memoryWithout(
  {
    visits,
    stoppedTogether,
    madeByRule,
    begunBackups,
    plannedBackups,
    fileBackups,
    answeredQueries,
    emptyServers,
  }: Pick<
    Memory,
    | 'visits'
    | 'stoppedTogether'
    | 'madeByRule'
    | 'begunBackups'
    | 'plannedBackups'
    | 'fileBackups'
    | 'answeredQueries'
    | 'emptyServers'
  >,
  accountId: string,
): Partial<Memory> | null {
  const isOthers = isOthersThan(accountId);
  const stopped = stoppedTogether?.serverIds ?? [];
  const ofServers = [
    ...visits,
    ...madeByRule,
    ...begunBackups,
    ...plannedBackups,
    ...fileBackups,
    ...answeredQueries,
    ...emptyServers,
  ];
  if ([...ofServers.map(({ serverId }) => serverId), ...stopped].every(isOthers)) return null;
  const left = stopped.filter(isOthers);
  return {
    visits: visits.filter(({ serverId }) => isOthers(serverId)),
    madeByRule: madeByRule.filter(({ serverId }) => isOthers(serverId)),
    begunBackups: begunBackups.filter(({ serverId }) => isOthers(serverId)),
    plannedBackups: plannedBackups.filter(({ serverId }) => isOthers(serverId)),
    fileBackups: fileBackups.filter(({ serverId }) => isOthers(serverId)),
    answeredQueries: answeredQueries.filter(({ serverId }) => isOthers(serverId)),
    emptyServers: emptyServers.filter(({ serverId }) => isOthers(serverId)),
    stoppedTogether:
      stoppedTogether === null || left.length === 0 ? null : { ...stoppedTogether, serverIds: left },
  };
}

/** Ids of servers and nodes begin with the account id. */
function isOthersThan(accountId: string): (id: string) => boolean {
  return (id) => !id.startsWith(`${accountId}/`);
}
