import type { PastState, StateRun } from '../../bridge/schema/history.js';

/** State of a server from `at` until the next mark. The time before the first mark is unknown. */
export interface Mark {
  readonly at: number;
  readonly state: PastState;
}

/** Sorts by time and removes marks without a change. The later of two marks at the same time wins. */
export function tidy(marks: readonly Mark[]): Mark[] {
  const sorted = marks.toSorted((a, b) => a.at - b.at);
  const counting = sorted.filter(({ at }, place) => sorted[place + 1]?.at !== at);
  return counting.filter(({ state }, place) => state !== (counting[place - 1]?.state ?? 'unknown'));
}

/** Marks for this time alone, ended by an `unknown` mark. */
export function within(marks: readonly Mark[], from: number, to: number): Mark[] {
  const before = marks.findLast(({ at }) => at <= from);
  const inside = marks.filter(({ at }) => at > from && at < to);
  const clipped = before === undefined ? inside : [{ at: from, state: before.state }, ...inside];
  return tidy([...clipped, { at: to, state: 'unknown' }]);
}

/** Runs that cover the whole time without a gap. */
export function runsOf(marks: readonly Mark[], from: number, to: number): StateRun[] {
  const bounds: Mark[] = [{ at: from, state: 'unknown' }, ...within(marks, from, to)];
  return bounds.flatMap(({ at, state }, place) => {
    const end = bounds[place + 1]?.at ?? to;
    return end > at ? [{ from: at, to: end, state }] : [];
  });
}
