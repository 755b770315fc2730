/** Filters of an activity log: kinds by the panel, person and time in the window. Pure. */
import type { ActivityEntry } from '../../../bridge/schema/activity.js';

/** Kinds of activity on a server, with the parts of the names of their events (PROTOCOL 2.14.2). */
export const serverKinds = {
  all: undefined,
  power: 'server:power',
  console: 'server:console',
  files: 'server:file,server:sftp',
  backups: 'server:backup',
  schedules: 'server:schedule,server:task',
  people: 'server:subuser',
  databases: 'server:database',
  network: 'server:allocation',
  settings: 'server:settings,server:startup,server:reinstall',
} as const;

/** Kinds of activity of an account. */
export const accountKinds = {
  all: undefined,
  keys: 'user:api-key,user:ssh-key',
  'sign-in': 'auth:,user:account,user:two-factor',
} as const;

export type ActivityKind = keyof typeof serverKinds | keyof typeof accountKinds;
export type ActivityKinds = { readonly [K in ActivityKind]?: string | undefined };

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
