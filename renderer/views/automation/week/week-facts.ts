/** Planned backups and rules, as the calendar of the week counts them. Pure. */
import { placeOf } from '../../../../bridge/alerts/alert-settings.js';
import { backupPolicyOf } from '../../../../bridge/backups/backup-rules.js';
import type { BackupPlan } from '../../../../bridge/schema/backup-plans.js';
import type { Server } from '../../../../bridge/schema/domain.js';
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

/** Rules that have not switched themselves off, with their servers. */
export function rulesOf(
  views: readonly Pick<RuleView, 'rule' | 'offBy'>[],
  groups: Settings['groups'],
): WeekFacts['rules'] {
  return views
    .filter(({ offBy }) => offBy === null)
    .map(({ rule }) => {
      const { target } = rule;
      if (target.kind === 'server') return { rule, serverIds: [target.serverId] };
      const group = target.kind === 'group' ? groups.find(({ id }) => id === target.groupId) : undefined;
      return { rule, serverIds: group?.serverIds ?? [] };
    });
}
