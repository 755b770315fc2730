/** Finds the entry of a panel's activity that caused an event. Pure. */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Happening, HistoryEvent } from '../../bridge/schema/events.js';
import type { PanelActivity, PowerActivity } from '../fleet/api.js';

/** Happenings that a person or a schedule can cause. */
export type Doing = Extract<Happening, { kind: 'stopped' | 'started' | 'restarted' | 'went-offline' }>;

/** Longest time that a server takes to stop. */
const beforeMs = 180_000;
/** A schedule run by hand sends its first task within seconds; the server then needs time to stop. */
const afterScheduleMs = 60_000;
/** Tolerated difference between two clocks. */
const afterMs = 10_000;
/** A node lists a start once the process runs, and may have to download an image before (PROTOCOL 2.14). */
const afterStartMs = 90_000;
/** Longest unobserved time to search. A longer time may contain several causes. */
const longestSampleMs = 10 * 60_000;

const causes: Record<Doing['kind'], readonly PowerSignal[]> = {
  stopped: ['stop', 'kill', 'restart'],
  started: ['start', 'restart'],
  restarted: ['restart', 'start', 'stop', 'kill'],
  'went-offline': ['stop', 'kill', 'restart'],
};

type Done = Pick<HistoryEvent, 'at'> & { readonly what: Doing };

export function isDoing(what: Happening): what is Doing {
  return what.kind in causes;
}

/** Whether the name of a person or schedule is missing. */
export function wantsName({ serverId, at, what }: HistoryEvent): boolean {
  if (serverId === null || !isDoing(what)) return false;
  const { by = { kind: 'unknown' } } = what;
  // A person's name says more than the name of a schedule, and the panel may list that person a minute later.
  const isOpen = by.kind === 'schedule' || (by.kind === 'unknown' && by.isUnnamed !== true);
  if (!isOpen) return false;
  return at - beginOf(what, at) <= longestSampleMs;
}

/** `since` = wall-clock time of the previous event of the same process, which earlier activity has caused. */
export function activityBehind(
  { at, what }: HistoryEvent & { what: Doing },
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
    'schedule' in entry && entry.at >= from && entry.at <= at + afterMs;
  return nearest(activity.filter(fits), at);
}

function powerBehind(
  { at, what }: Done,
  activity: readonly PanelActivity[],
  since: number,
): PanelActivity | null {
  const from = Math.max(since, beginOf(what, at) - beforeMs);
  const fits = (entry: PowerActivity): boolean =>
    causes[what.kind].includes(entry.signal) && entry.at >= from && entry.at <= at + latest(entry, what);
  const power = activity.filter((entry) => 'signal' in entry);
  return nearest(
    power.filter((entry) => fits(entry) && !isStartBefore(entry, what, at)),
    at,
  );
}

function nearest(activity: readonly PanelActivity[], at: number): PanelActivity | null {
  return activity.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0] ?? null;
}

/** Earliest time of the event. It may have happened while Perch could not see the server. */
function beginOf(what: Doing, at: number): number {
  return 'from' in what ? (what.from ?? at) : at;
}

function latest({ signal }: PowerActivity, { kind }: Doing): number {
  if (signal === 'restart') return afterStartMs;
  const mayStart = kind === 'started' || kind === 'restarted';
  return signal === 'start' && mayStart ? afterStartMs : afterMs;
}

/** A restart ends the process first, so an earlier start is no cause of it. */
function isStartBefore({ signal, at }: PowerActivity, { kind }: Doing, end: number): boolean {
  return kind === 'restarted' && signal === 'start' && at < end - afterMs;
}
