/** Evaluates a server's past states over a sample of time. Pure. */
import type { PastState, StateRun } from '../../../bridge/schema/history.js';

export interface Uptime {
  /** Time during which Perch could see the state (ms). */
  readonly seenMs: number;
  readonly runningMs: number;
}

/** The runs cut to a sample of time. */
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

/** Least observed time for a percentage (10 minutes): in less time, one restart would halve it. */
export const leastSeenMs = 10 * 60_000;

/**
 * Uptime for each span that ends at `at`, shortest first.
 * Leaves out spans that contain no more observed time than the previous span.
 */
export function uptimesOf<T extends { readonly ms: number }>(
  runs: readonly StateRun[],
  at: number,
  spans: readonly T[],
): (T & Uptime)[] {
  const all = spans.map((span) => ({ ...span, ...uptimeOf(runs, at - span.ms, at) }));
  return all.filter(({ seenMs }, place) => place === 0 || seenMs > (all[place - 1]?.seenMs ?? 0));
}
