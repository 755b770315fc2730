/** How often the tray menu may change. Pure. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import { mostServers } from './fleet-sections.js';

/** In ms. Short enough to show the result of a click within 2 s, long enough to read an open menu. */
export const menuEveryMs = 1500;
/** In ms, while a large fleet is polled after the start. Each answer would close an open menu. */
export const discoveryEveryMs = 15_000;

/** Slow until most servers of a large fleet have a state, except while a power signal is pending. */
export function menuPace({ servers }: Pick<FleetState, 'servers'>): number {
  let heard = 0;
  let unheard = 0;
  for (const { power, condition, pending } of servers.values()) {
    if (pending !== null) return menuEveryMs;
    if (power !== null) heard += 1;
    else if (condition === 'normal') unheard += 1;
  }
  return heard > mostServers && unheard > mostServers ? discoveryEveryMs : menuEveryMs;
}
