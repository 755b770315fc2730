/** What a person changes about alerts, as pure functions: rules for a place, snoozes, and what is to be told once. */
import type { AlertRule, AlertScope, AlertSettings, OneTimeAlert } from '../schema/alerts.js';

type RuleFields = Partial<Omit<AlertRule, 'scope'>>;

function isSame(a: AlertScope, b: AlertScope): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** What is different for exactly this place. */
export function ruleOf({ rules }: Pick<AlertSettings, 'rules'>, scope: AlertScope): AlertRule {
  const known = rules.find((rule) => isSame(rule.scope, scope));
  return known ?? { scope, switches: {}, isMuted: false, snoozedUntil: null };
}

/** With these fields of its rule changed; one that says nothing any more is left out. */
export function withRule(settings: AlertSettings, scope: AlertScope, fields: RuleFields): AlertSettings {
  const rule = { ...ruleOf(settings, scope), ...fields };
  const others = settings.rules.filter((one) => !isSame(one.scope, scope));
  return { ...settings, rules: saysNothing(rule) ? others : [...others, rule] };
}

/** As for all. */
export function withoutRule(settings: AlertSettings, scope: AlertScope): AlertSettings {
  return { ...settings, rules: settings.rules.filter((rule) => !isSame(rule.scope, scope)) };
}

/** The snoozes that `isOver` says are over end; null where none is. */
export function withoutSnoozes(
  settings: AlertSettings,
  isOver: (rule: AlertRule) => boolean,
): AlertSettings | null {
  const over = settings.rules.filter((rule) => rule.snoozedUntil !== null && isOver(rule));
  if (over.length === 0) return null;
  return over.reduce((now, { scope }) => withRule(now, scope, { snoozedUntil: null }), settings);
}

/** Eight in the morning of the next day, where the person is. */
export function tomorrow(wall: number): number {
  const date = new Date(wall);
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.getTime();
}

export function hasOneTimeAlert(
  { wishes }: Pick<AlertSettings, 'wishes'>,
  serverId: string,
  when: OneTimeAlert['when'],
): boolean {
  return wishes.some((wish) => wish.serverId === serverId && wish.when === when);
}

export function withOneTimeAlert(
  settings: AlertSettings,
  serverId: string,
  when: OneTimeAlert['when'],
): AlertSettings {
  return {
    ...settings,
    wishes: [...withoutOneTimeAlert(settings, serverId, when).wishes, { serverId, when, metAt: null }],
  };
}

export function withoutOneTimeAlert(
  settings: AlertSettings,
  serverId: string,
  when: OneTimeAlert['when'],
): AlertSettings {
  return {
    ...settings,
    wishes: settings.wishes.filter((wish) => wish.serverId !== serverId || wish.when !== when),
  };
}

/** Without anything about a panel that the person takes out of Perch; null where there is nothing. */
export function withoutPanel(settings: AlertSettings, accountId: string): AlertSettings | null {
  const isItsServer = (id: string): boolean => id.startsWith(`${accountId}/`);
  const rules = settings.rules.filter(
    ({ scope: { kind, id } }) => kind === 'group' || (kind === 'panel' ? id !== accountId : !isItsServer(id)),
  );
  const wishes = settings.wishes.filter(({ serverId }) => !isItsServer(serverId));
  const isSameAsBefore = rules.length === settings.rules.length && wishes.length === settings.wishes.length;
  return isSameAsBefore ? null : { ...settings, rules, wishes };
}

function saysNothing({ switches, isMuted, snoozedUntil }: AlertRule): boolean {
  return !isMuted && snoozedUntil === null && Object.values(switches).every((value) => value === undefined);
}
