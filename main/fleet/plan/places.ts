/** How many servers of an account can be live: pure, from what the panel allows and what the person wants. */

/** Half of what the panel allows belongs to the person, their browser tabs and other programs (PROTOCOL 3.4). */
const share = 1 / 2;
/** The smallest usual limit: counted with until an answer names the real one (PROTOCOL 3.4). */
const usualRateLimit = 128;
/** A token is renewed after nine minutes at the earliest (PROTOCOL 4.7), and that is all a live server costs. */
const renewalMinutes = 9;
/** Where not all can be live, this part stays free for those that are polled, so that they are asked at all. */
const pollPart = 1 / 8;
/** Part of it that running sessions may still take, so that one more server ends none of them. */
const keptPart = 1 / 16;

export interface WatchBudget {
  /** Calls per minute that the panel allows; null where it has not said. */
  readonly rateLimit: number | null;
  /** The most that the person wants to be live; null = as many as can be. */
  readonly cap: number | null;
}

export interface Places {
  /** Up to this many sessions are opened. */
  readonly opened: number;
  /** Up to this many that are there are kept. */
  readonly kept: number;
  /** What holds the others back; null where there is a place for all. */
  readonly heldBackBy: 'setting' | 'panel' | null;
}

/** Calls per minute that watching may take in all. */
export function watchShare(rateLimit: number | null): number {
  return Math.max(1, Math.floor((rateLimit ?? usualRateLimit) * share));
}

/** Calls per minute that `live` sessions leave to polls. */
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
