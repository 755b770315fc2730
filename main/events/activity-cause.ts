/** Finds the entry of a panel's activity that caused an event. Pure. */
import {
  beginOf,
  clocksMs,
  isCausable,
  mayHaveCaused,
  type CausableHappening,
  type Done,
} from '../../bridge/events/power-causes.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { PanelActivity } from '../fleet/api.js';

export type { CausableHappening } from '../../bridge/events/power-causes.js';

/** A schedule run by hand sends its first task within seconds; the server then needs time to stop. */
const afterScheduleMs = 60_000;
/** Longest unobserved time to search. A longer time may contain several causes. */
const longestSampleMs = 10 * 60_000;

/** Whether the name of a person or schedule is missing. */
export function wantsName({ serverId, at, what }: HistoryEvent): boolean {
  if (serverId === null || !isCausable(what)) return false;
  const { by = { kind: 'unknown' } } = what;
  // A person's name says more than the name of a schedule, and the panel may list that person a minute later.
  const isOpen = by.kind === 'schedule' || (by.kind === 'unknown' && by.isUnnamed !== true);
  if (!isOpen) return false;
  return at - beginOf(what, at) <= longestSampleMs;
}

/** `since` = wall-clock time of the previous event of the same process, which earlier activity has caused. */
export function activityBehind(
  { at, what }: HistoryEvent & { what: CausableHappening },
  activity: readonly PanelActivity[],
  since: number,
): PanelActivity | null {
  return powerBehind({ at, what }, activity, since) ?? scheduleBehind({ at, what }, activity, since);
}

/** A panel lists the manual run of a schedule, but not what the schedule does. */
function scheduleBehind(
  { at, what }: Done,
  activity: readonly PanelActivity[],
  since: number,
): PanelActivity | null {
  const from = Math.max(since, beginOf(what, at) - afterScheduleMs);
  const fits = (entry: PanelActivity): boolean =>
    'schedule' in entry && entry.at >= from && entry.at <= at + clocksMs;
  return nearest(activity.filter(fits), at);
}

function powerBehind(done: Done, activity: readonly PanelActivity[], since: number): PanelActivity | null {
  const power = activity.filter((entry) => 'signal' in entry);
  return nearest(
    power.filter((entry) => mayHaveCaused(entry, done, since)),
    done.at,
  );
}

function nearest(activity: readonly PanelActivity[], at: number): PanelActivity | null {
  return activity.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0] ?? null;
}
