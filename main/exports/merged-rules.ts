import type { AlertScope } from '../../bridge/schema/alerts.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';

/** Group id in the file -> id of the merged group. */
type GroupIds = ReadonlyMap<string, string>;

/** Takes the file's alert settings for all servers, and its rules, which replace rules for the same scope. */
export function mergedAlerts(
  now: Settings['alerts'],
  wanted: Settings['alerts'],
  groupIds: GroupIds,
): Settings['alerts'] {
  const rules = merged(now.rules, wanted.rules, groupIds, (rule, old) => ({
    ...rule,
    snoozedUntil: old?.snoozedUntil ?? null,
  }));
  return { ...wanted, rules, oneTimeAlerts: now.oneTimeAlerts };
}

/** As `mergedAlerts`, for the rules for backups. */
export function mergedBackupRules(
  now: Settings['backupRules'],
  wanted: Settings['backupRules'],
  groupIds: GroupIds,
): Settings['backupRules'] {
  return { all: wanted.all, rules: merged(now.rules, wanted.rules, groupIds, (rule) => rule) };
}

function merged<Rule extends { readonly scope: AlertScope }>(
  now: readonly Rule[],
  wanted: readonly Rule[],
  groupIds: GroupIds,
  replacing: (rule: Rule, old: Rule | undefined) => Rule,
): Rule[] {
  const rules = new Map(now.map((rule) => [`${rule.scope.kind} ${rule.scope.id}`, rule]));
  for (const rule of wanted) {
    const id = rule.scope.kind === 'group' ? groupIds.get(rule.scope.id) : rule.scope.id;
    if (id === undefined) continue;
    const key = `${rule.scope.kind} ${id}`;
    rules.set(key, replacing({ ...rule, scope: { ...rule.scope, id } }, rules.get(key)));
  }
  return [...rules.values()].slice(0, mostKept.rules);
}
