import { keptActivity } from '../../bridge/events/activity-limits.js';
import { isOfOthers } from '../../bridge/events/merge-activity.js';
import type { ServerActivity } from '../../bridge/schema/fleet-activity.js';

/**
 * Actions of others on a server, for a window. With many shown servers each one gives fewer actions, because the window
 * sorts the actions of all servers after each change. `users` = names of the user's own accounts. Pure.
 */
export function activityForWindow(
  { entries, since, ...list }: ServerActivity,
  users: ReadonlySet<string>,
  servers: number,
): ServerActivity {
  if (entries === null) return { ...list, entries, since };
  const { inWindow, leastInWindow } = keptActivity;
  const others = entries.filter((entry) => isOfOthers(entry, users));
  const shown = others.slice(0, Math.max(leastInWindow, Math.floor(inWindow / servers)));
  return {
    ...list,
    entries: shown,
    since: shown.length < others.length ? (shown.at(-1)?.at ?? null) : since,
  };
}
