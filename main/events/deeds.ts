/** Which of the actions that a panel lists has brought about an entry of the log. Pure. */
import type { PowerSignal } from '../../bridge/domain.js';
import type { Happening, HistoryEvent } from '../../bridge/events.js';
import type { PanelDeed, PowerDeed } from '../fleet/api.js';

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
export function deedBehind(
  { at, what }: HistoryEvent & { what: Doing },
  deeds: readonly PanelDeed[],
  since: number,
): PanelDeed | null {
  return powerBehind({ at, what }, deeds, since) ?? scheduleBehind({ at, what }, deeds, since);
}

/** What a panel does by a schedule it does not write down, but that somebody ran it just before. */
function scheduleBehind({ at, what }: Done, deeds: readonly PanelDeed[], since: number): PanelDeed | null {
  const from = Math.max(since, beginOf(what, at) - afterScheduleMs);
  const fits = (deed: PanelDeed): boolean => 'schedule' in deed && deed.at >= from && deed.at <= at + afterMs;
  return nearest(deeds.filter(fits), at);
}

function powerBehind({ at, what }: Done, deeds: readonly PanelDeed[], since: number): PanelDeed | null {
  const from = Math.max(since, beginOf(what, at) - beforeMs);
  const fits = (deed: PowerDeed): boolean =>
    causes[what.kind].includes(deed.signal) && deed.at >= from && deed.at <= at + latest(deed, what);
  const power = deeds.filter((deed) => 'signal' in deed);
  return nearest(
    power.filter((deed) => fits(deed) && !isStartBefore(deed, what, at)),
    at,
  );
}

function nearest(deeds: readonly PanelDeed[], at: number): PanelDeed | null {
  return deeds.toSorted((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0] ?? null;
}

/** When it was at the earliest: nobody may have seen it. */
function beginOf(what: Doing, at: number): number {
  return 'from' in what ? (what.from ?? at) : at;
}

function latest({ signal }: PowerDeed, { kind }: Doing): number {
  if (signal === 'restart') return afterStartMs;
  const mayStart = kind === 'started' || kind === 'restarted';
  return signal === 'start' && mayStart ? afterStartMs : afterMs;
}

/** A restart ends the process first, so a start that came before is none of it. */
function isStartBefore({ signal, at }: PowerDeed, { kind }: Doing, end: number): boolean {
  return kind === 'restarted' && signal === 'start' && at < end - afterMs;
}
