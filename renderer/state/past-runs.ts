/** What runs of states say of a stretch of time. Pure. */
import type { PastState, StateRun } from '../../bridge/history.js';

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

export function timeIn(runs: readonly StateRun[], isMeant: (state: PastState) => boolean): number {
  return runs.reduce((sum, { from, to, state }) => sum + (isMeant(state) ? to - from : 0), 0);
}

export function uptimeOf(runs: readonly StateRun[], from: number, to: number): Uptime {
  const meant = clipped(runs, from, to);
  return {
    seenMs: timeIn(meant, (state) => state !== 'unknown'),
    runningMs: timeIn(meant, (state) => state === 'running'),
  };
}
