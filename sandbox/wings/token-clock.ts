/** Interval of the token check, and the time of the warning before expiry. */
export interface TokenClock {
  tickMs: number;
  warnSeconds: number;
}

/**
 * A real token lives 600 s, is checked every 30 s, and gets a warning 60 s before its end (PROTOCOL 4.7).
 * Shorter lifetimes keep the proportions: a check each twentieth, a warning in the last tenth, at least one second
 * because claims have whole seconds.
 */
export function tokenClock(lifetimeSeconds: number): TokenClock {
  return {
    tickMs: Math.min(30, lifetimeSeconds / 20) * 1000,
    warnSeconds: Math.max(1, Math.min(60, lifetimeSeconds / 10)),
  };
}

/** Event for a token that ends at `exp`, in unix seconds. */
export function tickEvent(
  exp: number,
  nowMs: number,
  warnSeconds: number,
): 'token expired' | 'token expiring' | null {
  const remaining = exp - Math.floor(nowMs / 1000);
  if (remaining <= 0) return 'token expired';
  return remaining <= warnSeconds ? 'token expiring' : null;
}
