/** How often the tray's menu may be replaced. Pure. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import { mostServers } from './menu-model.js';

/** Short enough that what a person just did shows within 2 s, long enough that an open menu can be read. */
export const menuEveryMs = 1500;
/** A large fleet is polled one by one for minutes after the start, and each answer would close an open menu. */
export const discoveryEveryMs = 15_000;

/**
 * Slow from the time when a menu could be filled until most servers have answered, unless somebody is waiting to see
 * what they just did.
 */
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
