/** Countdown of one warned restart. Pure except for its alarm. */
import type { Server } from '../../../bridge/schema/domain.js';
import type { Problem, ProblemCode } from '../../../bridge/errors.js';
import type { WarnedRestart, Warning } from '../../../bridge/schema/warned-restart.js';
import { warningSteps } from '../../../bridge/settings/warning.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

export interface Countdown {
  readonly warning: Warning;
  /** Rings at the next step. After the end, rings when the result disappears. */
  readonly alarm: Alarm;
  /** Monotonic time of the first warning. */
  readonly beganAt: number;
  shown: WarnedRestart;
  /** Steps in ms before the restart, next one first. The last step is 0, the restart. */
  steps: readonly number[];
  /** True while the restart is being sent. */
  isSent: boolean;
  mayTryAgain: boolean;
  /** Number of warnings sent. */
  warnings: number;
  /** Monotonic time of the last message to players, while it may still be lost; null = its result is known. */
  saidAt: number | null;
  /** True if the server was running at some time since the first warning. */
  wasUp: boolean;
}

/** Shortest time between a warning and the restart, in ms. */
const shortestMs = 10_000;
/** Delay in ms after which the restart is dropped, for example after a sleep: players no longer expect it. */
const lateMs = 30_000;
/** Delay in ms before a restart is sent again to a panel or node that could not be reached. */
const againMs = 3000;
/** Longest pause of a panel, in ms, that a restart waits for. */
const longestPauseMs = 10_000;
/** Time in ms in which a node reports a lost or refused command. */
const lossMs = 20_000;
/** Largest age in ms of a process state from the panel (PROTOCOL 2.3). */
const panelsCacheMs = 20_000;

/** A countdown that begins now, with the warning that is about to be sent. */
export function newCountdown(serverId: string, warning: Warning, clock: Clock): Countdown {
  const wholeMs = warning.seconds * 1000;
  const beganAt = clock.now();
  return {
    warning,
    alarm: new Alarm(clock),
    beganAt,
    steps: warningSteps(wholeMs),
    shown: { serverId, restartAt: beganAt + wholeMs, end: null, problem: null },
    isSent: false,
    mayTryAgain: true,
    warnings: 1,
    saidAt: null,
    wasUp: false,
  };
}

/** True if the restart is still to come. */
export function isCounting({ shown, isSent }: Countdown): boolean {
  return shown.end === null && !isSent;
}

/**
 * The step to take now. `leftMs` = remaining time that the message names; `restartAt` = time of the restart, `leftMs`
 * from now.
 */
export type CountdownStep =
  | { readonly kind: 'late' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'warn'; readonly leftMs: number; readonly restartAt: number };

/** The step at `now`. After a sleep, steps that are over are skipped, and the message names the true time. */
export function stepAt({ shown: { restartAt }, steps }: Countdown, now: number): CountdownStep {
  if (now > restartAt + lateMs) return { kind: 'late' };
  if (steps[0] === 0) return { kind: 'restart' };
  const leftMs = Math.round((restartAt - now) / 1000) * 1000;
  if (leftMs >= shortestMs) return { kind: 'warn', leftMs, restartAt };
  return { kind: 'warn', leftMs: shortestMs, restartAt: now + shortestMs };
}

/** Delay in ms before a refused restart is sent again; null = not again. */
export function againAfter({ mayTryAgain }: Countdown, problem: Problem, now: number): number | null {
  if (!mayTryAgain || !passing.has(problem.code)) return null;
  const waitMs = Math.max(againMs, (problem.retryAt ?? now) - now);
  return waitMs <= longestPauseMs ? waitMs : null;
}

const passing: ReadonlySet<ProblemCode> = new Set([
  'rate-limited',
  'node-unreachable',
  'panel-unreachable',
  'offline',
]);

/** True if the server stopped or restarted for another reason, so that the restart is no longer needed. */
export function isLeft({ beganAt, wasUp }: Countdown, { power, usage }: Server): boolean {
  if (power === 'offline' || power === 'stopping') return true;
  // A server that was starting at the first warning may still be starting; only a later start counts.
  if (power === 'starting' && wasUp) return true;
  if (usage === null || usage.uptimeMs <= 0) return false;
  return usage.at - usage.uptimeMs > beganAt + panelsCacheMs;
}

/** True if the last message to players is among the commands that were lost at `lostAt`. */
export function isLost({ saidAt }: Countdown, lostAt: number): boolean {
  return saidAt !== null && lostAt >= saidAt && lostAt <= saidAt + lossMs;
}
