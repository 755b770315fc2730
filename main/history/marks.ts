import type { PastState, StateRun } from '../../bridge/schema/history.js';

/** From then on a server was in that state, until the next mark; nothing is known before the first. */
export interface Mark {
  readonly at: number;
  readonly state: PastState;
}

/** In the order of time, without those that change nothing. Of two for one moment the later one counts. */
export function tidy(marks: readonly Mark[]): Mark[] {
  const sorted = marks.toSorted((a, b) => a.at - b.at);
  const counting = sorted.filter(({ at }, place) => sorted[place + 1]?.at !== at);
  return counting.filter(({ state }, place) => state !== (counting[place - 1]?.state ?? 'unknown'));
}

/** What they say of this time alone, with an end where the last state goes on after it. */
export function within(marks: readonly Mark[], from: number, to: number): Mark[] {
  const before = marks.findLast(({ at }) => at <= from);
  const inside = marks.filter(({ at }) => at > from && at < to);
  const clipped = before === undefined ? inside : [{ at: from, state: before.state }, ...inside];
  return tidy([...clipped, { at: to, state: 'unknown' }]);
}

/** Every moment of this time belongs to one of them. */
export function runsOf(marks: readonly Mark[], from: number, to: number): StateRun[] {
  const bounds: Mark[] = [{ at: from, state: 'unknown' }, ...within(marks, from, to)];
  return bounds.flatMap(({ at, state }, place) => {
    const end = bounds[place + 1]?.at ?? to;
    return end > at ? [{ from: at, to: end, state }] : [];
  });
}
