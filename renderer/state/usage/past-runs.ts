/** What runs of states say of a stretch of time. Pure. */
import type { PastState, StateRun } from '../../../bridge/schema/history.js';

export interface Uptime {
  /** Perch looked for so long. */
  readonly seenMs: number;
  readonly runningMs: number;
}

/** Of that time alone. */
export function clipped(runs: readonly StateRun[], from: number, to: number): StateRun[] {
  return runs
    .map((run) => ({ ...run, from: Math.max(from, run.from), to: Math.min(to, run.to) }))
    .filter((run) => run.to > run.from);
}

function timeIn(runs: readonly StateRun[], isMeant: (state: PastState) => boolean): number {
  return runs.reduce((sum, { from, to, state }) => sum + (isMeant(state) ? to - from : 0), 0);
}

export function uptimeOf(runs: readonly StateRun[], from: number, to: number): Uptime {
  const meant = clipped(runs, from, to);
  return {
    seenMs: timeIn(meant, (state) => state !== 'unknown'),
    runningMs: timeIn(meant, (state) => state === 'running'),
  };
}

/** Of less time a share says little: one restart would halve it. */
export const leastSeenMs = 10 * 60_000;

/** One entry for each span until `at`, shortest first; a span that holds no more than the one before is left out. */
export function uptimesOf<T extends { readonly ms: number }>(
  runs: readonly StateRun[],
  at: number,
  spans: readonly T[],
): (T & Uptime)[] {
  const all = spans.map((span) => ({ ...span, ...uptimeOf(runs, at - span.ms, at) }));
  return all.filter(({ seenMs }, place) => place === 0 || seenMs > (all[place - 1]?.seenMs ?? 0));
}
