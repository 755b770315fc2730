/** Limits that the settings set for a server. A resource without a wanted alert has no limit. */
import { isSwitchedOn } from '../../bridge/alerts/alert-settings.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { LimitedFigure } from '../../bridge/schema/events.js';
import type { LimitRules } from '../events/limit-watch.js';
import { alertPlaceOf } from './place.js';

const resources: readonly LimitedFigure[] = ['cpu', 'memory', 'disk'];

export function limitRulesOf(settings: Pick<Settings, 'alerts' | 'groups'>, server: Server): LimitRules {
  const place = alertPlaceOf({ serverId: server.id, accountId: server.accountId }, settings.groups);
  const { alerts } = settings;
  const wanted = resources.filter((of) => isSwitchedOn(alerts, of, place));
  return Object.fromEntries(wanted.map((of) => [of, alerts.limits[of]]));
}
