import type { Settings } from '../../bridge/domain.js';

export interface Renamed {
  readonly settings: Settings;
  /** Entries of accounts that have no other id: they are left out. */
  readonly lost: number;
}

/** The settings with other ids of accounts. A server's id begins with its account's: `<account id>/<uuid>`. */
export function withIds(settings: Settings, idOf: (accountId: string) => string | null): Renamed {
  let lost = 0;
  const account = (id: string): string[] => {
    const other = idOf(id);
    if (other === null) lost++;
    return other === null ? [] : [other];
  };
  const server = (id: string): string[] => {
    const end = id.indexOf('/');
    const uuid = id.slice(end + 1);
    return account(end < 0 ? '' : id.slice(0, end)).map((other) => `${other}/${uuid}`);
  };
  const { pins, groups, dismissedFixes, alerts } = settings;
  const renamed = {
    ...settings,
    pins: pins.flatMap(server),
    groups: groups.map((group) => ({ ...group, serverIds: group.serverIds.flatMap(server) })),
    dismissedFixes: dismissedFixes.flatMap((fix) =>
      server(fix.serverId).map((serverId) => ({ ...fix, serverId })),
    ),
    alerts: {
      ...alerts,
      // They wait for something that happens to this run, and a snooze is of this hour.
      wishes: [],
      rules: alerts.rules.flatMap((rule) => {
        const { kind, id } = rule.scope;
        const ids = kind === 'group' ? [id] : kind === 'panel' ? account(id) : server(id);
        return ids.map((other) => ({ ...rule, snoozedUntil: null, scope: { kind, id: other } }));
      }),
    },
  };
  return { settings: renamed, lost };
}
