/** When a socket looks at its token, and how long before the end it warns. */
export interface TokenClock {
  tickMs: number;
  warnSeconds: number;
}

/**
 * A real token lives 600 s and is looked at every 30 s, with a warning from 60 s before its end (PROTOCOL 4.7).
 * Shorter lives keep the proportions: a tick each twentieth, a warning in the last tenth, at least one second of it,
 * since claims count whole seconds.
 */
export function tokenClock(lifetimeSeconds: number): TokenClock {
  return {
    tickMs: Math.min(30, lifetimeSeconds / 20) * 1000,
    warnSeconds: Math.max(1, Math.min(60, lifetimeSeconds / 10)),
  };
}

/** What a tick says of a token that ends at `exp`. */
export function tickEvent(
  exp: number,
  nowMs: number,
  warnSeconds: number,
): 'token expired' | 'token expiring' | null {
  const remaining = exp - Math.floor(nowMs / 1000);
  if (remaining <= 0) return 'token expired';
  return remaining <= warnSeconds ? 'token expiring' : null;
}
