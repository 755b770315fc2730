/** Pure edits of the alert settings: rules for a panel, group or server, snoozes, and one-time alerts. */
import type { AlertRule, AlertScope, AlertSettings, OneTimeAlert } from '../schema/alerts.js';
import { isOfAccount } from './alert-settings.js';

type RuleFields = Partial<Omit<AlertRule, 'scope'>>;

function isSame(a: AlertScope, b: AlertScope): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** The rule of exactly this scope; an empty rule if none is stored. */
export function ruleOf({ rules }: Pick<AlertSettings, 'rules'>, scope: AlertScope): AlertRule {
  const known = rules.find((rule) => isSame(rule.scope, scope));
  return known ?? { scope, switches: {}, isMuted: false, snoozedUntil: null };
}

/**
 * Settings with these fields of the scope's rule replaced.
 * Drops the rule if nothing differs from the defaults any more.
 */
export function withRule(settings: AlertSettings, scope: AlertScope, fields: RuleFields): AlertSettings {
  const rule = { ...ruleOf(settings, scope), ...fields };
  const others = settings.rules.filter((one) => !isSame(one.scope, scope));
  return { ...settings, rules: saysNothing(rule) ? others : [...others, rule] };
}

/** Settings without the scope's rule: the scope inherits again. */
export function withoutRule(settings: AlertSettings, scope: AlertScope): AlertSettings {
  return { ...settings, rules: settings.rules.filter((rule) => !isSame(rule.scope, scope)) };
}

/** Settings with every snooze cleared for which `isOver` returns true; null if no snooze is over. */
export function withoutSnoozes(
  settings: AlertSettings,
  isOver: (rule: AlertRule) => boolean,
): AlertSettings | null {
  const over = settings.rules.filter((rule) => rule.snoozedUntil !== null && isOver(rule));
  if (over.length === 0) return null;
  return over.reduce((now, { scope }) => withRule(now, scope, { snoozedUntil: null }), settings);
}

/** 08:00 of the next day in local time. Takes and returns ms since the epoch. */
export function tomorrow(wall: number): number {
  const date = new Date(wall);
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.getTime();
}

export function hasOneTimeAlert(
  { oneTimeAlerts }: Pick<AlertSettings, 'oneTimeAlerts'>,
  serverId: string,
  when: OneTimeAlert['when'],
): boolean {
  return oneTimeAlerts.some((one) => one.serverId === serverId && one.when === when);
}

export function withOneTimeAlert(
  settings: AlertSettings,
  serverId: string,
  when: OneTimeAlert['when'],
): AlertSettings {
  return {
    ...settings,
    oneTimeAlerts: [
      ...withoutOneTimeAlert(settings, serverId, when).oneTimeAlerts,
      { serverId, when, metAt: null },
    ],
  };
}

export function withoutOneTimeAlert(
  settings: AlertSettings,
  serverId: string,
  when: OneTimeAlert['when'],
): AlertSettings {
  return {
    ...settings,
    oneTimeAlerts: settings.oneTimeAlerts.filter((one) => one.serverId !== serverId || one.when !== when),
  };
}

/**
 * Settings without the rules and one-time alerts of a removed panel account and its servers; null if there are
 * none.
 */
export function withoutPanel(settings: AlertSettings, accountId: string): AlertSettings | null {
  const rules = settings.rules.filter(({ scope }) => !isOfAccount(scope, accountId));
  const oneTimeAlerts = settings.oneTimeAlerts.filter(
    ({ serverId: id }) => !isOfAccount({ kind: 'server', id }, accountId),
  );
  const isSameAsBefore =
    rules.length === settings.rules.length && oneTimeAlerts.length === settings.oneTimeAlerts.length;
  return isSameAsBefore ? null : { ...settings, rules, oneTimeAlerts };
}

function saysNothing({ switches, isMuted, snoozedUntil }: AlertRule): boolean {
  return !isMuted && snoozedUntil === null && Object.values(switches).every((value) => value === undefined);
}
