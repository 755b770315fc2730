/** One restart that counts down, and what is decided of it. Pure, but for its alarm. */
import type { Server } from '../../../bridge/schema/domain.js';
import type { Problem, ProblemCode } from '../../../bridge/errors.js';
import type { WarnedRestart, Warning } from '../../../bridge/schema/warned-restart.js';
import type { Alarm } from '../../base/alarm.js';

export interface Countdown {
  readonly warning: Warning;
  /** Rings for the next step; when it is over, for the time that this is said. */
  readonly alarm: Alarm;
  /** When players were told first. */
  readonly beganAt: number;
  shown: WarnedRestart;
  /** Milliseconds before the restart, the next one first; the last is the restart. */
  steps: readonly number[];
  /** The restart is on its way. */
  isSent: boolean;
  mayTryAgain: boolean;
  /** How many warnings were sent. */
  warnings: number;
  /** When players were last told something that may still turn out to be lost; null where that is known. */
  saidAt: number | null;
  /** It was seen running since. */
  wasUp: boolean;
}

/** Players read no shorter time than this before a restart. */
const shortestMs = 10_000;
/** The computer slept when it was time: by then nobody expects it any more. */
const lateMs = 30_000;
/** A panel or node that could not be reached is asked again after this. */
const againMs = 3000;
/** Nobody waits longer than this for a panel that asks for a pause. */
const longestPauseMs = 10_000;
/** What a node loses or refuses it tells of by then: for so long the wire is watched after a command. */
const lossMs = 20_000;
/** So old may be what a panel says of a process (PROTOCOL 2.3). */
const panelsCacheMs = 20_000;

/** Its restart is still to come. */
export function isCounting({ shown, isSent }: Countdown): boolean {
  return shown.end === null && !isSent;
}

/** What is to be done now. `leftMs` is what players are told that they have, and `restartAt` allows them that. */
export type Step =
  | { readonly kind: 'late' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'warn'; readonly leftMs: number; readonly restartAt: number };

/** A step may come late, because the computer slept: what is over is skipped, and what players read is true. */
export function stepAt({ shown: { restartAt }, steps }: Countdown, now: number): Step {
  if (now > restartAt + lateMs) return { kind: 'late' };
  if (steps[0] === 0) return { kind: 'restart' };
  const leftMs = Math.round((restartAt - now) / 1000) * 1000;
  if (leftMs >= shortestMs) return { kind: 'warn', leftMs, restartAt };
  return { kind: 'warn', leftMs: shortestMs, restartAt: now + shortestMs };
}

/** After how many milliseconds a refused restart is sent once more; null where it is not. */
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

/** Somebody else has stopped or restarted it, so it needs no restart any more. */
export function isLeft({ beganAt, wasUp }: Countdown, { power, usage }: Server): boolean {
  if (power === 'offline' || power === 'stopping') return true;
  // One that players wait for may have been starting when they were told.
  if (power === 'starting' && wasUp) return true;
  if (usage === null || usage.uptimeMs <= 0) return false;
  return usage.at - usage.uptimeMs > beganAt + panelsCacheMs;
}

/** What players were told last is among the commands that were given up at `lostAt`. */
export function isLost({ saidAt }: Countdown, lostAt: number): boolean {
  return saidAt !== null && lostAt >= saidAt && lostAt <= saidAt + lossMs;
}
