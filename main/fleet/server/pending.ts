/**
 * Whether reality confirms one of our own power signals. Neither REST nor the socket says that a signal was carried
 * out (PROTOCOL 2.5, 4.11): only the states that follow do, and any of them may be missed (trap 32).
 */
import type { PowerSignal, PowerState } from '../../../bridge/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { sentence } from '../../../words/words.js';

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
}

export interface PowerSighting {
  readonly power: PowerState;
  readonly at: number;
  /** Age of the process where known; 0 and null both mean unknown. */
  readonly uptimeMs: number | null;
}

/** Without any sign a signal is given up after this long: the socket tells at once, the panel up to 20 s late (PROTOCOL 2.3). */
const silentMs = { live: 15_000, polled: 50_000 };
/** Wings kills what has not stopped after 10 minutes (PROTOCOL 4.11). */
const slowestStopMs = 10 * 60_000 + 30_000;
/** A restarted server that takes long to come up says "starting" by itself. */
const restartGraceMs = 3000;

export function sent(signal: PowerSignal, power: PowerState | null, now: number): PendingSignal {
  return { signal, since: now, signAt: now, power, left: false };
}

/** What a sighting makes of a signal; null = it is done. */
export function follow(pending: PendingSignal, sighting: PowerSighting): PendingSignal | null {
  const { power, at } = sighting;
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
  return pending.signAt + (isLive ? silentMs.live : silentMs.polled);
}

/** What to say at the deadline; null = nothing went wrong, and the server's own state tells the rest. */
export function giveUp(pending: PendingSignal, name: string, waitedMs: number): Problem | null {
  if (pending.power === 'stopping' && pending.signal !== 'start') return null;
  if (pending.signal === 'restart' && pending.left) {
    if (pending.power === 'starting') return null;
    return {
      code: 'timeout',
      message: sentence('actions.not-restarted', { name }),
      next: sentence('actions.not-restarted-next'),
    };
  }
  return {
    code: 'timeout',
    message: sentence('actions.nothing-happened', {
      name,
      seconds: Math.round(waitedMs / 1000),
      signal: sentence(`signals.name.${pending.signal}`),
    }),
    next: sentence('actions.nothing-happened-next'),
  };
}
