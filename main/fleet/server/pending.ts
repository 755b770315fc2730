/**
 * Whether reality confirms one of our own power signals. Neither REST nor the socket says that a signal was carried
 * out (PROTOCOL 2.5, 4.11): only the states that follow do, and any of them may be missed (trap 32).
 */
import type { PowerSignal, PowerState } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';

/**
 * Whether node or panel have shown that they have it. `awaited` = not yet; `given` = they have; `lost` = the answer will
 * not come any more, so it may have been carried out, or be carried out late.
 */
type Answer = 'awaited' | 'given' | 'lost';

/** One signal on its way; `left` and `since` tell how far it came. */
export interface PendingSignal {
  readonly signal: PowerSignal;
  readonly since: number;
  /** When there was last a sign of it: it was sent, or a state that belongs to it was seen. */
  readonly signAt: number;
  /** The last state that was seen. */
  readonly power: PowerState | null;
  /** A restart has seen the old process on its way out, or gone. */
  readonly left: boolean;
  readonly answer: Answer;
  /** A state was seen since it was sent, or since the answer was lost. */
  readonly isSeen: boolean;
}

export interface PowerSighting {
  readonly power: PowerState;
  readonly at: number;
  /** Age of the process where known; 0 and null both mean unknown. */
  readonly uptimeMs: number | null;
}

/** Without any sign a signal is given up after this long: the socket tells at once, the panel up to 20 s late (PROTOCOL 2.3). */
const silentMs = { live: 15_000, polled: 50_000 };
/** Where the answer was lost a node has acted by then, or the signal has not arrived; the panel repeats itself for 20 s. */
const silentOfLostMs = { live: 15_000, polled: 40_000 };
/** A panel may need 20 s for an answer, or to tell that its node gives none. */
const answerMs = 50_000;
/** Where nothing tells what became of a signal, it is waited for as long as for the slowest stop. */
/** Wings kills what has not stopped after 10 minutes (PROTOCOL 4.11). */
const slowestStopMs = 10 * 60_000 + 30_000;
/**
 * A node reads the server's settings from its panel, its disk space and its files before it says `starting`, and gives up
 * on a silent panel after 20 to 30 s (PROTOCOL 4.11.5): until then a server that a restart has stopped is being restarted.
 */
export const restartsWithinMs = 50_000;
/** A restarted server that takes long to come up says "starting" by itself. */
const restartGraceMs = 3000;

export function sent(signal: PowerSignal, power: PowerState | null, now: number): PendingSignal {
  return { signal, since: now, signAt: now, power, left: false, answer: 'awaited', isSeen: false };
}

/** Node or panel have it. */
export function given(pending: PendingSignal, now: number): PendingSignal {
  return pending.answer === 'awaited' ? { ...pending, answer: 'given', signAt: now } : pending;
}

/** Whether they have it will not be told any more: what is seen from now on has to show it. */
export function lost(pending: PendingSignal): PendingSignal {
  return { ...pending, answer: 'lost', isSeen: false };
}

/** What a sighting makes of a signal; null = it is done. */
export function follow(before: PendingSignal, sighting: PowerSighting): PendingSignal | null {
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

/** When to look at a signal again if nothing is seen until then. */
export function deadline(pending: PendingSignal, isLive: boolean): number {
  if (pending.signal !== 'start' && pending.power === 'stopping') return pending.since + slowestStopMs;
  if (pending.signal === 'restart' && pending.left && pending.power === 'starting') {
    return pending.signAt + restartGraceMs;
  }
  if (pending.signal === 'restart' && pending.left && pending.power === 'offline') {
    return pending.signAt + restartsWithinMs;
  }
  if (pending.answer === 'awaited') return pending.since + answerMs;
  if (pending.answer === 'lost' && !pending.isSeen) return pending.since + slowestStopMs;
  const silent = pending.answer === 'lost' ? silentOfLostMs : silentMs;
  return pending.signAt + (isLive ? silent.live : silent.polled);
}

/**
 * What to say at the deadline; null = nothing went wrong, and the server's own state tells the rest. Never that a signal
 * failed: nobody can take it back, and a slow node may still carry it out.
 */
export function giveUp(
  pending: PendingSignal,
  name: string,
  at: { now: number; isLive: boolean },
): Problem | null {
  if (pending.power === 'stopping' && pending.signal !== 'start') return null;
  if (pending.signal === 'restart' && pending.left) {
    if (pending.power === 'starting') return null;
    return {
      code: 'timeout',
      message: sentence('actions.not-restarted', { name }),
      next: sentence('actions.not-restarted-next'),
    };
  }
  const signal = sentence(`signals.name.${pending.signal}`);
  if (!pending.isSeen && (pending.answer !== 'given' || !at.isLive)) {
    return {
      code: 'timeout',
      message: sentence('actions.unknown', { name, signal }),
      next: sentence('actions.unknown-next'),
      maybeDone: true,
    };
  }
  if (pending.answer !== 'given') {
    return {
      code: 'timeout',
      message: sentence('actions.unchanged', { name, signal }),
      next: sentence('actions.may-follow-next'),
      maybeDone: true,
    };
  }
  const seconds = Math.round((at.now - pending.since) / 1000);
  return {
    code: 'timeout',
    message: sentence('actions.no-change', { name, seconds, signal }),
    next: sentence('actions.no-change-next'),
    maybeDone: true,
  };
}
