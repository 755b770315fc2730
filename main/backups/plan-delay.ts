/** How long a planned backup waits that could not begin. Pure. */
import type { Problem } from '../../bridge/errors.js';
import type { Delay } from './plan-queue.js';
import { graceMs } from './plan-times.js';

/** Ms after a failure of the panel until the next attempt, as long as the backup still counts as in time. */
const againMs = 60_000;
/** A throttle, or the servers before it in the line, delay a backup by this many ms at most. */
export const mostDelayMs = 3_600_000;

/** null = the backup is missed. `late` = ms since the planned time, or since the user asked for a missed backup; `now` = monotonic time. */
export function delayAfter(
  problem: Problem,
  { late, now }: { readonly late: number; readonly now: number },
): Delay | null {
  const [delay, most] = isUnanswered(problem)
    ? [{ ms: againMs, ofPanel: true }, graceMs]
    : [{ ms: waitOf(problem, now), ofPanel: problem.ofServer !== true }, mostDelayMs];
  const isWorthIt = isUnanswered(problem) || problem.code === 'rate-limited';
  return isWorthIt && late + delay.ms <= most ? delay : null;
}

/** The panel did not answer, and has not begun the backup. */
function isUnanswered({ code, maybeDone }: Problem): boolean {
  return maybeDone !== true && ['panel-unreachable', 'offline', 'timeout'].includes(code);
}

/** What is told of a backup that is missed for this problem. */
export function missedBy(problem: Problem): {
  readonly outcome: 'unreachable' | 'refused';
  readonly problem: Problem['message'] | null;
} {
  if (isUnanswered(problem)) return { outcome: 'unreachable', problem: null };
  return { outcome: 'refused', problem: problem.message };
}

function waitOf({ retryAt }: Problem, now: number): number {
  return Math.max(1000, (retryAt ?? now + againMs) - now);
}
