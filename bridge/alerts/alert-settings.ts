/**
 * Which alerts the user wants.
 * Each kind is on or off for all servers. A panel, a group and a server inherit that setting and may override it;
 * the narrowest scope wins.
 */
import type { AlertKind } from './alert-kinds.js';
import type { AlertRule, AlertScope, AlertSettings } from '../schema/alerts.js';
import type { Settings } from '../schema/settings.js';

/** Kinds that need action, that the user asked for by name, or that Perch does unasked are on by default. */
const onByDefault: readonly AlertKind[] = [
  'stays-down',
  'crashed',
  'stopped',
  'slow-start',
  'outage',
  'access',
  'disk',
  'backup-failed',
  'backup-overdue',
  'schedule-stuck',
  'game-silent',
  'player-joined',
  'when-empty',
  'rule-trouble',
  'rule-told',
];

/** Ids that decide which rules apply: the server, the groups that contain it, and its panel account. */
export interface AlertPlace {
  readonly serverId: string | null;
  readonly groupIds: readonly string[];
  readonly accountId: string;
}

/** Place of a server or, without a server, of an account. */
export function placeOf(
  { groups }: Pick<Settings, 'groups'>,
  { serverId, accountId }: { readonly serverId: string | null; readonly accountId: string },
): AlertPlace {
  const holds = groups.filter(({ serverIds }) => serverId !== null && serverIds.includes(serverId));
  return { serverId, accountId, groupIds: holds.map(({ id }) => id) };
}

/** True if the scope is the panel account, or a server of it. */
export function isOfAccount({ kind, id }: AlertScope, accountId: string): boolean {
  return kind === 'panel' ? id === accountId : kind === 'server' && id.startsWith(`${accountId}/`);
}

/** Rules that apply to a place: server rule first, then groups, then the panel. */
export function rulesOf<Rule extends { readonly scope: AlertScope }>(
  settings: { readonly rules: readonly Rule[] },
  place: AlertPlace,
): readonly Rule[] {
  const isAbout: Record<AlertScope['kind'], (id: string) => boolean> = {
    server: (id) => id === place.serverId,
    group: (id) => place.groupIds.includes(id),
    panel: (id) => id === place.accountId,
  };
  return (['server', 'group', 'panel'] as const).flatMap((kind) =>
    settings.rules.filter(({ scope }) => scope.kind === kind && isAbout[kind](scope.id)),
  );
}

/** Whether this kind of alert is on at a place. If several groups contain the server, one group with "on" is enough. */
export function isSwitchedOn(
  settings: Pick<AlertSettings, 'rules' | 'switches'>,
  kind: AlertKind,
  place: AlertPlace,
): boolean {
  const said = rulesOf(settings, place).filter(({ switches }) => switches[kind] !== undefined);
  const narrowest = said.filter(({ scope }) => scope.kind === said[0]?.scope.kind);
  if (narrowest.length > 0) return narrowest.some(({ switches }) => switches[kind] === true);
  return settings.switches[kind] ?? onByDefault.includes(kind);
}

/** Whether a rule mutes or snoozes all alerts of a place now. `wall` = wall-clock time, ms since the epoch. */
export function isSilenced(settings: Pick<AlertSettings, 'rules'>, place: AlertPlace, wall: number): boolean {
  return rulesOf(settings, place).some((rule) => rule.isMuted || isSnoozed(rule, wall));
}

/** Whether the server's own rule mutes or snoozes it now; ignores rules of its groups and its panel. */
export function isServerSilenced(
  settings: Pick<AlertSettings, 'rules'>,
  serverId: string | null,
  wall: number,
): boolean {
  return settings.rules.some(
    (rule) =>
      rule.scope.kind === 'server' && rule.scope.id === serverId && (rule.isMuted || isSnoozed(rule, wall)),
  );
}

function isSnoozed({ snoozedUntil }: Pick<AlertRule, 'snoozedUntil'>, wall: number): boolean {
  return snoozedUntil === 'back' || (snoozedUntil !== null && wall < snoozedUntil);
}

/** Whether `minute` lies within the quiet hours. `minute` = minutes since local midnight. */
export function isQuiet({ quietHours }: Pick<AlertSettings, 'quietHours'>, minute: number): boolean {
  if (quietHours === null) return false;
  const { from, to } = quietHours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Minutes since midnight in local time. */
export function minuteOfDay(wall: number): number {
  const date = new Date(wall);
  return date.getHours() * 60 + date.getMinutes();
}
