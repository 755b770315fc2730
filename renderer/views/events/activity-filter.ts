/** Filters of an activity log by person and time, which the window applies to the pages that it has read. Pure. */
import type { ActivityEntry } from '../../../bridge/schema/activity.js';

const dayMs = 86_400_000;
/** Times to choose, in ms before now. */
export const activityTimes = { all: Infinity, day: dayMs, week: 7 * dayMs, month: 30 * dayMs } as const;
export type ActivityTime = keyof typeof activityTimes;

export interface ActivityChoice {
  /** User name; '' = everybody. */
  readonly by: string;
  readonly time: ActivityTime;
}

export function chosenActivity(
  entries: readonly ActivityEntry[],
  { by, time }: ActivityChoice,
  wall: number,
): readonly ActivityEntry[] {
  const since = wall - activityTimes[time];
  return entries.filter((entry) => (by === '' || entry.by === by) && entry.at >= since);
}

/** User names in the log, in order. */
export function peopleIn(entries: readonly ActivityEntry[]): string[] {
  const names = entries.flatMap(({ by }) => (by === null ? [] : [by]));
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}
