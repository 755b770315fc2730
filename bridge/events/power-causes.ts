/** Whether a power action in a panel's activity may have caused an event. Pure. */
import type { PowerSignal } from '../schema/domain.js';
import type { Happening, HistoryEvent } from '../schema/events.js';

/** Happenings that a person or a schedule can cause. */
export type CausableHappening = Extract<
  Happening,
  { kind: 'stopped' | 'started' | 'restarted' | 'went-offline' }
>;
export type Done = Pick<HistoryEvent, 'at'> & { readonly what: CausableHappening };

/** A power action: when, in wall-clock ms by the clock of the node or the panel (PROTOCOL 2.14.6). */
interface PowerAct {
  readonly at: number;
  readonly signal: PowerSignal;
}

/** Longest time that a server takes to stop. */
const beforeMs = 180_000;
/** Tolerated difference between two clocks. */
export const clocksMs = 10_000;
/** A node lists a start once the process runs, and may have to download an image before (PROTOCOL 2.14). */
const afterStartMs = 90_000;

const causes: Record<CausableHappening['kind'], readonly PowerSignal[]> = {
  stopped: ['stop', 'kill', 'restart'],
  started: ['start', 'restart'],
  restarted: ['restart', 'start', 'stop', 'kill'],
  'went-offline': ['stop', 'kill', 'restart'],
};

export function isCausable(what: Happening): what is CausableHappening {
  return what.kind in causes;
}

/** Whether an action of this kind can cause an event of this kind. */
export function isCause(signal: PowerSignal, { kind }: CausableHappening): boolean {
  return causes[kind].includes(signal);
}

/** Earliest time of the event. It may have happened while Perch could not see the server. */
export function beginOf(what: CausableHappening, at: number): number {
  return 'from' in what ? (what.from ?? at) : at;
}

/** `since` = wall-clock time before which no action can be the cause. */
export function mayHaveCaused(act: PowerAct, { at, what }: Done, since = -Infinity): boolean {
  return (
    isCause(act.signal, what) &&
    act.at >= Math.max(since, beginOf(what, at) - beforeMs) &&
    act.at <= at + latest(act, what) &&
    !isStartBefore(act, what, at)
  );
}

function latest({ signal }: PowerAct, { kind }: CausableHappening): number {
  if (signal === 'restart') return afterStartMs;
  const mayStart = kind === 'started' || kind === 'restarted';
  return signal === 'start' && mayStart ? afterStartMs : clocksMs;
}

/** A restart ends the process first, so an earlier start is no cause of it. */
function isStartBefore({ signal, at }: PowerAct, { kind }: CausableHappening, end: number): boolean {
  return kind === 'restarted' && signal === 'start' && at < end - clocksMs;
}
