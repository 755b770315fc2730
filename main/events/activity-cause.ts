/** Which of the actions that a panel lists has brought about an entry of the log. Pure. */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { Happening, HistoryEvent } from '../../bridge/schema/events.js';
import type { PanelActivity, PowerActivity } from '../fleet/api.js';

/** What can be somebody's doing. */
export type Doing = Extract<Happening, { kind: 'stopped' | 'started' | 'restarted' | 'went-offline' }>;

/** A server may take so long to stop. */
const beforeMs = 180_000;
/** A schedule that somebody runs by hand has its first task sent within seconds; the server may take some to stop. */
const afterScheduleMs = 60_000;
/** Clocks differ a little. */
const afterMs = 10_000;
/** A node writes a start down when it has started the process, which may have to be downloaded first (PROTOCOL 2.14). */
const afterStartMs = 90_000;
/** What happened in a longer stretch that nobody saw may have had many causes. */
const longestStretchMs = 10 * 60_000;

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

/** Whether a name would make it better known. */
export function wantsName({ serverId, at, what }: HistoryEvent): boolean {
  if (serverId === null || !isDoing(what)) return false;
  const { by = { kind: 'unknown' } } = what;
  // Who pressed a button says more than a schedule, and may be listed a minute later.
  const isOpen = by.kind === 'schedule' || (by.kind === 'unknown' && by.isUnnamed !== true);
  if (!isOpen) return false;
  return at - beginOf(what, at) <= longestStretchMs;
}

/** `since` = when something happened to the same process before: what was done until then has had its effect. */
export function activityBehind(
  { at, what }: HistoryEvent & { what: Doing },
  activity: readonly PanelActivity[],
  since: number,
): PanelActivity | null {
  return powerBehind({ at, what }, activity, since) ?? scheduleBehind({ at, what }, activity, since);
}

/** What a panel does by a schedule it does not write down, but that somebody ran it just before. */
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

/** When it was at the earliest: nobody may have seen it. */
function beginOf(what: Doing, at: number): number {
  return 'from' in what ? (what.from ?? at) : at;
}

function latest({ signal }: PowerActivity, { kind }: Doing): number {
  if (signal === 'restart') return afterStartMs;
  const mayStart = kind === 'started' || kind === 'restarted';
  return signal === 'start' && mayStart ? afterStartMs : afterMs;
}

/** A restart ends the process first, so a start that came before is none of it. */
function isStartBefore({ signal, at }: PowerActivity, { kind }: Doing, end: number): boolean {
  return kind === 'restarted' && signal === 'start' && at < end - afterMs;
}
