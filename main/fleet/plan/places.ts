/** Calculates how many servers of an account can be live, from the panel's limit and the settings. Pure functions. */

/**
 * Part of the panel's limit for watching. The rest is for the user, their browser tabs and other programs
 * (PROTOCOL 3.4).
 */
const share = 1 / 2;
/** Calls per minute assumed until an answer shows the real limit: the smallest usual limit (PROTOCOL 3.4). */
const usualRateLimit = 128;
/** A live server costs one call per renewal, and a renewal comes after nine minutes at the earliest (PROTOCOL 4.7). */
const renewalMinutes = 9;
/** Part of the calls kept for polls if not all servers can be live. */
const pollPart = 1 / 8;
/**
 * Part of the calls kept for polls even if that ends running sessions. Smaller than `pollPart`, so that an additional
 * server ends no session.
 */
const keptPart = 1 / 16;

export interface WatchBudget {
  /** Calls per minute that the panel allows; null if unknown. */
  readonly rateLimit: number | null;
  /** Most live servers from the settings; null = no limit. */
  readonly cap: number | null;
}

export interface Places {
  /** New sessions are opened up to this number. */
  readonly opened: number;
  /** Existing sessions are kept up to this number. */
  readonly kept: number;
  /** Limit that decides the number: the user's setting or the panel; null if all servers can be live. */
  readonly heldBackBy: 'setting' | 'panel' | null;
}

/** Calls per minute for all watching. */
export function watchShare(rateLimit: number | null): number {
  return Math.max(1, Math.floor((rateLimit ?? usualRateLimit) * share));
}

/** Calls per minute left for polls beside `live` sessions. */
export function pollShare(rateLimit: number | null, live: number): number {
  const all = watchShare(rateLimit);
  return Math.max(1, all * keptPart, all - live / renewalMinutes);
}

export function placesFor(wanted: number, { rateLimit, cap }: WatchBudget): Places {
  const carried = watchShare(rateLimit) * renewalMinutes;
  const kept = Math.floor(carried * (1 - keptPart));
  const most = cap ?? Infinity;
  if (wanted <= Math.min(kept, most)) return { opened: wanted, kept: wanted, heldBackBy: null };
  if (most <= kept) return { opened: most, kept: most, heldBackBy: 'setting' };
  return { opened: Math.min(most, Math.floor(carried * (1 - pollPart))), kept, heldBackBy: 'panel' };
}
