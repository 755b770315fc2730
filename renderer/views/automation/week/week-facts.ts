/** Planned backups and rules, as the calendar of the week counts them. Pure. */
import { placeOf } from '../../../../bridge/alerts/alert-settings.js';
import { backupPolicyOf } from '../../../../bridge/backups/backup-rules.js';
import type { BackupPlan } from '../../../../bridge/schema/backup-plans.js';
import { serverKeys } from '../../../../bridge/fleet/one-per-server.js';
import { conditionBlock, isGranted } from '../../../../bridge/panel/permissions.js';
import type { Account, Server } from '../../../../bridge/schema/domain.js';
import type { RuleView } from '../../../../bridge/schema/rule-calls.js';
import type { Settings } from '../../../../bridge/schema/settings.js';
import type { WeekFacts } from './week.svelte.js';

interface Fleet {
  server(id: string): Pick<Server, 'id' | 'uuid' | 'accountId'> | undefined;
  account(id: string): { readonly panelUrl: string } | undefined;
}

/** Plans with their time of day. A server that several accounts see has one plan. */
export function plansOf(
  plans: readonly BackupPlan[],
  fleet: Fleet,
  settings: Pick<Settings, 'backupRules' | 'groups'>,
): WeekFacts['plans'] {
  const seen = new Set<string>();
  return plans.flatMap(({ serverId, nextAt }) => {
    const server = fleet.server(serverId);
    if (server === undefined) return [];
    const { accountId, uuid } = server;
    const place = placeOf(settings, { serverId, accountId });
    const { plan } = backupPolicyOf(settings.backupRules, place);
    const key = `${fleet.account(accountId)?.panelUrl ?? ''} ${uuid}`;
    if (plan === null || seen.has(key)) return [];
    seen.add(key);
    return [{ serverId, minute: plan.minute, nextAt }];
  });
}

/**
 * Numbers of servers whose schedules are not shown: `unread` = not read yet, `hidden` = no key may read them. `known` = ids
 * of the servers whose schedules were read. A server that several accounts see counts once.
 */
export function leftOut(
  servers: readonly Pick<Server, 'id' | 'accountId' | 'condition' | 'permissions'>[],
  known: { has(serverId: string): boolean },
  accounts: Iterable<Account>,
): { readonly unread: number; readonly hidden: number } {
  const keyOf = serverKeys(accounts);
  const twins = new Map<string, (typeof servers)[number][]>();
  for (const server of servers) twins.set(keyOf(server), [...(twins.get(keyOf(server)) ?? []), server]);
  const states = [...twins.values()].map((rows) => {
    if (rows.some(({ id }) => known.has(id))) return 'read';
    const allowed = rows.filter(({ permissions }) => isGranted(permissions, 'schedule.read'));
    if (allowed.some(({ condition }) => conditionBlock(condition) === null)) return 'unread';
    const isHidden = allowed.length === 0 && rows.some(({ permissions }) => permissions !== null);
    return isHidden ? 'hidden' : 'closed';
  });
  const count = (wanted: string): number => states.filter((state) => state === wanted).length;
  return { unread: count('unread'), hidden: count('hidden') };
}

/** Own rules that have not switched themselves off, with their servers. Settings of servers show their times themselves. */
export function rulesOf(
  views: readonly Pick<RuleView, 'rule' | 'origin' | 'offBy'>[],
  groups: Settings['groups'],
): WeekFacts['rules'] {
  return views
    .filter(({ origin, offBy }) => origin === 'own' && offBy === null)
    .map(({ rule }) => {
      const { target } = rule;
      if (target.kind === 'server') return { rule, serverIds: [target.serverId] };
      const group = target.kind === 'group' ? groups.find(({ id }) => id === target.groupId) : undefined;
      return { rule, serverIds: group?.serverIds ?? [] };
    });
}
