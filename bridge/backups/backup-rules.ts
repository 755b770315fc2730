/**
 * Rules for backups: what holds for a server, and edits.
 * A panel, a group and a server inherit each field and may override it; the narrowest scope wins.
 */
import { rulesOf, type AlertPlace } from '../alerts/alert-settings.js';
import type { AlertScope } from '../schema/alerts.js';
import type { BackupChoices, BackupFetch, BackupRule, BackupRules, Keep } from '../schema/backup-rules.js';
import type { Settings } from '../schema/settings.js';
import { deletingKeep, tiers } from './retention.js';

/** All fields of `BackupChoices`. */
export type BackupPolicy = {
  readonly [Name in keyof BackupChoices]-?: Exclude<BackupChoices[Name], undefined>;
};

/** Perch deletes and makes no backups unless the user says so. */
const usual: BackupPolicy = {
  keep: null,
  byHand: false,
  copies: null,
  fetch: 'none',
  goodDays: 0,
  plan: null,
};

/**
 * The effective rule of a place. Where several groups hold the server and differ, the most cautious value of each field
 * wins.
 */
export function backupPolicyOf(rules: BackupRules, place: AlertPlace): BackupPolicy {
  const said = rulesOf(rules, place);
  return mostCautious((name) => {
    const saying = said.filter(({ choices }) => choices[name] !== undefined);
    const kind = saying[0]?.scope.kind;
    const ofKind = saying.filter(({ scope }) => scope.kind === kind).map(({ choices }) => choices);
    const deciding = ofKind.length > 0 ? ofKind : [rules.all];
    return deciding.map((choices) => choices[name]);
  });
}

/** The effective rule of a server that several accounts see: the most cautious value of each field. */
export function sharedPolicyOf(rules: BackupRules, places: readonly AlertPlace[]): BackupPolicy {
  const policies = places.map((place) => backupPolicyOf(rules, place));
  return mostCautious((name) => policies.map((policy) => policy[name]));
}

/**
 * The rule that keeps more, the shorter time without a good backup, a plan before none.
 * `valuesOf`: the values of a field; without any, the usual value holds.
 */
function mostCautious(
  valuesOf: <Name extends keyof BackupPolicy>(name: Name) => readonly BackupChoices[Name][],
): BackupPolicy {
  function known<Name extends keyof BackupPolicy>(name: Name): readonly BackupPolicy[Name][] {
    const values = valuesOf(name).filter((value): value is BackupPolicy[Name] => value !== undefined);
    return values.length > 0 ? values : [usual[name]];
  }
  const days = known('goodDays').filter((count) => count > 0);
  return {
    keep: keptByAll(known('keep')),
    byHand: known('byHand').every((may) => may),
    copies: keptByAll(known('copies')),
    fetch: mostFetched(known('fetch')),
    goodDays: days.length > 0 ? Math.min(...days) : usual.goodDays,
    plan: known('plan').find((plan) => plan !== null) ?? usual.plan,
  };
}

function mostFetched(wanted: readonly BackupFetch[]): BackupFetch {
  return (['each', 'daily'] as const).find((fetch) => wanted.includes(fetch)) ?? usual.fetch;
}

/** Numbers that keep every backup that one of the rules keeps; null if one of the rules keeps all backups. */
function keptByAll(keeps: readonly (Keep | null)[]): Keep | null {
  const limited = keeps.flatMap((keep) => deletingKeep(keep) ?? []);
  if (limited.length < keeps.length) return null;
  const most = (tier: keyof Keep): number => Math.max(...limited.map((keep) => keep[tier]));
  return { last: most('last'), daily: most('daily'), weekly: most('weekly'), monthly: most('monthly') };
}

/** The own choices of a scope; null = all servers. */
export function backupChoicesOf({ all, rules }: BackupRules, scope: AlertScope | null): BackupChoices {
  if (scope === null) return all;
  return rules.find((rule) => isAbout(rule, scope))?.choices ?? {};
}

/** Rules with these choices of a scope, which inherits everything again if they are empty. null = all servers. */
export function withBackupChoices(
  now: BackupRules,
  scope: AlertScope | null,
  choices: BackupChoices,
): BackupRules {
  if (scope === null) return { ...now, all: choices };
  const others = now.rules.filter((rule) => !isAbout(rule, scope));
  const saysNothing = Object.values(choices).every((value) => value === undefined);
  return { ...now, rules: saysNothing ? others : [...others, { scope, choices }] };
}

/** As `withBackupChoices`, without rules of groups that were deleted. */
export function changedBackupRules(
  { backupRules, groups }: Pick<Settings, 'backupRules' | 'groups'>,
  scope: AlertScope | null,
  choices: BackupChoices,
): BackupRules {
  const isGone = ({ kind, id }: AlertScope): boolean =>
    kind === 'group' && groups.every((group) => group.id !== id);
  return withBackupChoices(backupRulesWithout(backupRules, isGone) ?? backupRules, scope, choices);
}

/** Rules without those whose scope is gone; null = unchanged. */
export function backupRulesWithout(
  now: BackupRules,
  isGone: (scope: AlertScope) => boolean,
): BackupRules | null {
  const rules = now.rules.filter(({ scope }) => !isGone(scope));
  return rules.length === now.rules.length ? null : { ...now, rules };
}

/** True if the choices may make Perch delete backups or copies that it keeps now. */
export function mayDeleteMore(now: BackupRules, scope: AlertScope | null, next: BackupChoices): boolean {
  const before = backupChoicesOf(now, scope);
  const { all, rules } = withBackupChoices(now, scope, {});
  const others = scope === null ? [] : [all, ...rules.map(({ choices }) => choices)];
  const inherits = (name: 'keep' | 'copies'): boolean =>
    others.some((choices) => deletingKeep(choices[name] ?? null) !== null);
  const shrinks = (name: 'keep' | 'copies'): boolean => {
    const [old, fresh] = [before[name], next[name]];
    if (fresh === undefined) return old !== undefined && inherits(name);
    return isLess(deletingKeep(old ?? null), deletingKeep(fresh));
  };
  const takesByHand =
    before.byHand !== next.byHand && (next.byHand ?? others.some(({ byHand }) => byHand === true));
  return shrinks('keep') || shrinks('copies') || takesByHand;
}

/** True if `fresh` keeps fewer than `old` in a tier. null = keeps everything. */
function isLess(old: Keep | null, fresh: Keep | null): boolean {
  return fresh !== null && (old === null || tiers.some((tier) => fresh[tier] < old[tier]));
}

function isAbout({ scope }: BackupRule, { kind, id }: AlertScope): boolean {
  return scope.kind === kind && scope.id === id;
}
