/** Whether the user's settings ask for an alert about an event, and a server's limits. Pure. */
import {
  isQuiet,
  isServerSilenced,
  isSilenced,
  isSwitchedOn,
  minuteOfDay,
  placeOf,
} from '../../bridge/alerts/alert-settings.js';
import type { AlertKind } from '../../bridge/alerts/alert-kinds.js';
import { eventPlacesOf } from '../../bridge/events/event-places.js';
import type { EventPlace, HistoryEvent, LimitedFigure } from '../../bridge/schema/events.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { LimitRules } from '../events/limit-watch.js';

type Rules = Pick<Settings, 'alerts' | 'groups'>;

/** Whether the settings allow an alert of this kind for this event at the wall-clock time `wall`. */
export function isWelcome(
  event: HistoryEvent,
  kind: AlertKind,
  { alerts, groups }: Rules,
  wall: number,
): boolean {
  if (!alerts.isOn || isQuiet(alerts, minuteOfDay(wall))) return false;
  const places = eventPlacesOf(event);
  // A silenced server stays silent through every account that sees it.
  const silenced = new Set(
    places.filter(({ serverId }) => isServerSilenced(alerts, serverId, wall)).map(serverOf),
  );
  return places
    .filter((place) => !silenced.has(serverOf(place)))
    .map((place) => placeOf({ groups }, place))
    .some((place) => isSwitchedOn(alerts, kind, place) && !isSilenced(alerts, place, wall));
}

/** The server's own part of the id, the same in all accounts of its panel; null for a panel or a node. */
function serverOf({ serverId, accountId }: EventPlace): string | null {
  return serverId?.slice(accountId.length) ?? null;
}

const resources: readonly LimitedFigure[] = ['cpu', 'memory', 'disk'];

/** Limits that the settings set for a server. A resource without a wanted alert has no limit. */
export function limitRulesOf({ alerts, groups }: Rules, server: Server): LimitRules {
  const place = placeOf({ groups }, { serverId: server.id, accountId: server.accountId });
  const wanted = resources.filter((of) => isSwitchedOn(alerts, of, place));
  return Object.fromEntries(wanted.map((of) => [of, alerts.limits[of]]));
}
