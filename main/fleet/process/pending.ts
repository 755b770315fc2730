/**
 * Decides whether the server's state confirms one of the user's power signals. Pure functions.
 * Neither REST nor the socket reports that a signal was carried out (PROTOCOL 2.5, 4.11). Only the following states do,
 * and any of them may be missed (trap 32).
 */
import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import { newProblem, type Problem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import {
  answerMs,
  noSignMs,
  noSignOfLostMs,
  restartGraceMs,
  restartsWithinMs,
  slowestStopMs,
} from './limits.js';

/**
 * Whether node or panel confirmed the signal.
 * `awaited` = no answer yet; `given` = confirmed; `lost` = no answer will come, so the signal may have been carried
 * out, or may be later.
 */
type Answer = 'awaited' | 'given' | 'lost';

/** One pending signal. `left` and `since` show its progress. */
export interface PendingSignal {
  readonly signal: PowerSignal;
  readonly since: number;
  /** Monotonic time of the last sign: sending, or a state that belongs to the signal. */
  readonly signAt: number;
  /** The last seen state. */
  readonly power: PowerState | null;
  /** True for a restart whose old process was seen stopping or gone. */
  readonly left: boolean;
  readonly answer: Answer;
  /** True if a state was seen since sending, or since the answer was lost. */
  readonly isSeen: boolean;
}

export interface PowerSighting {
  readonly power: PowerState;
  readonly at: number;
  /** Age of the process in ms; 0 and null mean unknown. */
  readonly uptimeMs: number | null;
}

export function sent(signal: PowerSignal, power: PowerState | null, now: number): PendingSignal {
  return { signal, since: now, signAt: now, power, left: false, answer: 'awaited', isSeen: false };
}

/** Node or panel confirmed the signal. */
export function given(pending: PendingSignal, now: number): PendingSignal {
  return pending.answer === 'awaited' ? { ...pending, answer: 'given', signAt: now } : pending;
}

/** No answer will come: only later states can confirm the signal. */
export function lost(pending: PendingSignal): PendingSignal {
  return { ...pending, answer: 'lost', isSeen: false };
}

/** Updates a pending signal after a sighting; null = the signal is done. */
export function afterSighting(before: PendingSignal, sighting: PowerSighting): PendingSignal | null {
  const { power, at } = sighting;
  const isFirst = before.answer === 'lost' && !before.isSeen;
  const pending = { ...before, isSeen: true, signAt: isFirst ? at : before.signAt };
  switch (pending.signal) {
    case 'start':
      return power === 'starting' || power === 'running' ? null : { ...pending, power };
    case 'stop':
    case 'kill':
      if (power === 'offline') return null;
      return { ...pending, power, signAt: power === 'stopping' ? at : pending.signAt };
    case 'restart':
      return followRestart(pending, sighting);
  }
}

function followRestart(pending: PendingSignal, { power, at, uptimeMs }: PowerSighting): PendingSignal | null {
  const left =
    pending.left ||
    power === 'stopping' ||
    (power === 'offline' && pending.power !== 'offline') ||
    (power === 'starting' && pending.power !== 'starting');
  const isYoung = uptimeMs !== null && uptimeMs > 0 && uptimeMs < at - pending.since;
  if (power === 'running' && (left || isYoung || pending.power === 'offline')) return null;
  const isNews = power !== pending.power && power !== 'running';
  return { ...pending, power, left, signAt: isNews ? at : pending.signAt };
}

/** Monotonic time of the next check without a sighting until then. */
export function deadline(pending: PendingSignal, isLive: boolean): number {
  if (pending.signal !== 'start' && pending.power === 'stopping') return pending.since + slowestStopMs;
  if (pending.left)
    return pending.signAt + (pending.power === 'starting' ? restartGraceMs : restartsWithinMs);
  if (pending.answer === 'awaited') return pending.since + answerMs;
  if (pending.answer === 'lost' && !pending.isSeen) return pending.since + slowestStopMs;
  const silent = pending.answer === 'lost' ? noSignOfLostMs : noSignMs;
  return pending.signAt + (isLive ? silent.live : silent.polled);
}

/**
 * The problem to show at the deadline; null = none, because the server's state says enough.
 * The text never says that a signal failed: signals can't be taken back, and a slow node may still carry one out.
 */
export function giveUp(
  pending: PendingSignal,
  name: string,
  at: { now: number; isLive: boolean },
): Problem | null {
  if (pending.power === 'stopping' && pending.signal !== 'start') return null;
  if (pending.left) {
    if (pending.power === 'starting') return null;
    return newProblem('timeout', sentence('actions.not-restarted', { name }));
  }
  const signal = sentence(`signals.name.${pending.signal}`);
  if (!pending.isSeen && (pending.answer !== 'given' || !at.isLive)) {
    return { ...newProblem('timeout', sentence('actions.unknown', { name, signal })), maybeDone: true };
  }
  if (pending.answer !== 'given') {
    return {
      ...newProblem(
        'timeout',
        sentence('actions.unchanged', { name, signal }),
        sentence('actions.may-follow-next'),
      ),
      maybeDone: true,
    };
  }
  const seconds = Math.round((at.now - pending.since) / 1000);
  return {
    ...newProblem('timeout', sentence('actions.no-change', { name, seconds, signal })),
    maybeDone: true,
  };
}
