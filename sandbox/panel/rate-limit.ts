/** What one counter says after a call. */
export interface Count {
  limit: number;
  remaining: number;
  /** Null = let through; else when the window ends, in unix seconds, and in how many seconds. */
  refused: { reset: number; retryAfter: number } | null;
}

const windowMs = 60_000;

/**
 * A fixed window as the framework counts it (PROTOCOL 3.4): the first call starts a minute, refused calls do not
 * count, and the count begins anew when the minute is over.
 */
export class FixedWindow {
  readonly #limit: number;
  readonly #now: () => number;
  readonly #windows = new Map<string, { count: number; endsAt: number }>();

  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  hit(key: string): Count {
    const now = this.#now();
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { count: 0, endsAt: now + windowMs };
      this.#windows.set(key, window);
    }
    if (window.count >= this.#limit) {
      const retryAfter = Math.ceil((window.endsAt - now) / 1000);
      const reset = Math.floor(now / 1000) + retryAfter;
      return { limit: this.#limit, remaining: 0, refused: { reset, retryAfter } };
    }
    window.count++;
    return { limit: this.#limit, remaining: this.#limit - window.count, refused: null };
  }
}

export function rateHeaders(count: Count): Record<string, string> {
  const headers: Record<string, string> = {
    'x-ratelimit-limit': String(count.limit),
    'x-ratelimit-remaining': String(count.remaining),
  };
  if (count.refused) {
    headers['retry-after'] = String(count.refused.retryAfter);
    headers['x-ratelimit-reset'] = String(count.refused.reset);
  }
  return headers;
}
