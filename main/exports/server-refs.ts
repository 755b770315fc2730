import type { AlertScope } from '../../bridge/schema/alerts.js';
import type { Settings } from '../../bridge/schema/settings.js';

export interface Renamed {
  readonly settings: Settings;
  /** Number of dropped entries: those of accounts without a new id. */
  readonly lost: number;
}

/** The settings with other account ids. A server id begins with its account id: `<account id>/<uuid>`. */
export function withIds(settings: Settings, idOf: (accountId: string) => string | null): Renamed {
  let lost = 0;
  const account = (id: string): string[] => {
    const other = idOf(id);
    if (other === null) lost++;
    return other === null ? [] : [other];
  };
  /** New id of a server, or of a node as `nodeKey` names it. */
  const within = (id: string): string[] => {
    const end = id.indexOf('/');
    const rest = id.slice(end + 1);
    return account(end < 0 ? '' : id.slice(0, end)).map((other) => `${other}/${rest}`);
  };
  const scopes = ({ kind, id }: AlertScope): AlertScope[] => {
    const ids = kind === 'group' ? [id] : kind === 'panel' ? account(id) : within(id);
    return ids.map((other) => ({ kind, id: other }));
  };
  const { pins, groups, dismissedFixes, leftOutOfIcon, alerts, backupRules } = settings;
  const renamed = {
    ...settings,
    pins: pins.flatMap(within),
    groups: groups.map((group) => ({ ...group, serverIds: group.serverIds.flatMap(within) })),
    dismissedFixes: dismissedFixes.flatMap((fix) =>
      within(fix.serverId).map((serverId) => ({ ...fix, serverId })),
    ),
    leftOutOfIcon: {
      servers: leftOutOfIcon.servers.flatMap(within),
      nodes: leftOutOfIcon.nodes.flatMap(within),
    },
    alerts: {
      ...alerts,
      // One-time alerts and snoozes belong to the present moment and are not exported.
      oneTimeAlerts: [],
      rules: alerts.rules.flatMap((rule) =>
        scopes(rule.scope).map((scope) => ({ ...rule, snoozedUntil: null, scope })),
      ),
    },
    backupRules: {
      ...backupRules,
      rules: backupRules.rules.flatMap((rule) => scopes(rule.scope).map((scope) => ({ ...rule, scope }))),
    },
  };
  return { settings: renamed, lost };
}
