/**
 * What a person wants to be told of. Each kind is on or off for all servers; a panel, a group and a server inherit that
 * and may differ, the narrowest last.
 */
import type { AlertKind } from './alert-kinds.js';
import type { AlertRule, AlertScope, AlertSettings } from '../schema/alerts.js';

/** On by default: what asks for a person. */
const onByDefault: readonly AlertKind[] = [
  'stays-down',
  'crashed',
  'stopped',
  'slow-start',
  'outage',
  'access',
  'disk',
];

/** Where an alert belongs: the ids of the server, the groups that hold it, and its panel's account. */
export interface AlertPlace {
  readonly serverId: string | null;
  readonly groupIds: readonly string[];
  readonly accountId: string;
}

/** The rules that are about a place, the narrowest first. */
export function rulesOf(settings: Pick<AlertSettings, 'rules'>, place: AlertPlace): readonly AlertRule[] {
  const isAbout: Record<AlertScope['kind'], (id: string) => boolean> = {
    server: (id) => id === place.serverId,
    group: (id) => place.groupIds.includes(id),
    panel: (id) => id === place.accountId,
  };
  return (['server', 'group', 'panel'] as const).flatMap((kind) =>
    settings.rules.filter(({ scope }) => scope.kind === kind && isAbout[kind](scope.id)),
  );
}

/** Whether this kind is on there. Of several groups one that says yes is enough. */
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

/** Whether nothing of it is to be told now, whatever is on. `wall` = what the system's clock says. */
export function isSilenced(settings: Pick<AlertSettings, 'rules'>, place: AlertPlace, wall: number): boolean {
  return rulesOf(settings, place).some((rule) => rule.isMuted || isSnoozed(rule, wall));
}

/** The same for the server itself, whatever its groups and its panel say. */
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

/** `minute` = minutes since midnight, where the person is. */
export function isQuiet({ quietHours }: Pick<AlertSettings, 'quietHours'>, minute: number): boolean {
  if (quietHours === null) return false;
  const { from, to } = quietHours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Minutes since midnight, where the person is. */
export function minuteOfDay(wall: number): number {
  const date = new Date(wall);
  return date.getHours() * 60 + date.getMinutes();
}
