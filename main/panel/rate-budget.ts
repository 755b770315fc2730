import { CallLog } from '../base/call-log.js';
import type { HttpResponse } from '../base/network-ports.js';
import type { Clock } from '../base/ports.js';

/** Length in ms of the panel's fixed rate limit window (PROTOCOL 3.4). */
const windowMs = 60_000;
/** Largest part of the limit for all calls of Perch. Above it, background calls wait. */
const mostOfOwn = 3 / 4;
/** Longest accepted wait in ms. A longer wait from a panel would stop Perch for good. */
const longestMs = 15 * 60_000;
/** Longest accepted wait in ms for tokens of one server, whose limit counts per minute (PROTOCOL 3.4). */
const longestOfServerMs = 100_000;
/** Tokens per minute for one server, on panels with such a limit (PROTOCOL 3.4). */
const usualTokenLimit = 5;

/**
 * Tracks how many calls the panel still allows, from its response headers (PROTOCOL 3.4).
 * The limit belongs to the account, and the user's browser uses it too. So each answer sets the number of calls left,
 * and Perch's own calls count only between two answers.
 * Each scope has its own limit: `panel` is the general limit; a server's `/websocket` route has its own scope, because
 * the headers of that route do not show the general limit. `front` is a limit of a web server or of Cloudflare in front
 * of the panel, which sends no figures.
 */
export class RateBudget {
  readonly #until = new Map<string, number>();
  #windowSeenAt: number | null = null;
  #limit: number | null = null;
  #remaining: number | null = null;
  #tokenLimit: number | null = null;
  /** Perch's calls of all scopes: the panel counts each call towards the general limit. */
  readonly #calls = new CallLog();
  #callsSinceAnswer = 0;

  constructor(private readonly clock: Clock) {}

  /** Calls per minute of the general limit; null before the first header. */
  get limit(): number | null {
    return this.#limit;
  }

  /** Calls left in the window; the whole limit after the window's end; null before the first header. */
  get left(): number | null {
    if (this.#remaining === null || this.clock.now() >= this.#windowEnd) return this.#limit;
    return Math.max(0, this.#remaining - this.#callsSinceAnswer);
  }

  /**
   * Tokens per minute for one server, shared by all its users. Infinity if only the general limit applies; null
   * before an answer has shown the limit.
   */
  get tokenLimit(): number | null {
    return this.#tokenLimit;
  }

  /** Counts a call of any scope. */
  sent(): void {
    this.#calls.add(this.clock.now());
    this.#callsSinceAnswer += 1;
  }

  /**
   * Monotonic time until which background calls should pause, so that `freePart` (0 to 1) of the limit stays free for
   * the user and others. null = no pause.
   */
  restUntil(freePart: number): number | null {
    const blocked = this.#pausedUntil;
    if (blocked !== null || this.#limit === null) return blocked;
    const now = this.clock.now();
    const most = Math.max(1, Math.floor(this.#limit * mostOfOwn));
    const ownUntil = this.#calls.count(now) < most ? now : this.#calls.fewerThan(most);
    const until = Math.max(ownUntil, this.#isScarce(freePart, now) ? this.#windowEnd : now);
    return until > now ? until : null;
  }

  /** Monotonic time at which the last pause of all reads ends; null = none. */
  get #pausedUntil(): number | null {
    const pauses = ['panel', 'front'].flatMap((scope) => this.blockedUntil(scope) ?? []);
    return pauses.length === 0 ? null : Math.max(...pauses);
  }

  #isScarce(freePart: number, now: number): boolean {
    if (this.#remaining === null || this.#limit === null || now >= this.#windowEnd) return false;
    return this.#remaining - this.#callsSinceAnswer < this.#limit * freePart;
  }

  get #windowEnd(): number {
    return (this.#windowSeenAt ?? -Infinity) + windowMs;
  }

  /** Monotonic time at which reads of this scope may continue; null = now. */
  blockedUntil(scope: string): number | null {
    const until = this.#until.get(scope);
    if (until === undefined) return null;
    if (until > this.clock.now()) return until;
    this.#until.delete(scope);
    return null;
  }

  /** Ends the pauses of all scopes. */
  lift(): void {
    this.#until.clear();
  }

  /** Reads the rate limit headers of an answer. */
  observe(scope: string, response: HttpResponse): void {
    const remaining = whole(response.headers['x-ratelimit-remaining']);
    const limit = whole(response.headers['x-ratelimit-limit']);
    if (remaining === null || limit === null) return;
    // A 429 by another route's limiter carries the figures of that limiter (PROTOCOL 3.4.8).
    if (response.status === 429 && this.#limit !== null && limit !== this.#limit) return;
    // The `/websocket` route shows the general limit if that limit has fewer calls left.
    if (scope !== 'panel') this.#learnTokenLimit(limit, remaining);
    if (scope !== 'panel' && limit !== this.#limit) return;
    this.#limit = limit;
    const now = this.clock.now();
    if (this.#windowSeenAt === null || now - this.#windowSeenAt >= windowMs || remaining >= limit - 1) {
      this.#windowSeenAt = now;
    }
    this.#remaining = remaining;
    this.#callsSinceAnswer = 0;
    // The limit's window of time started at the first sighting or earlier, so this waits too long rather than too short.
    if (remaining === 0) this.#until.set('panel', this.#windowEnd);
  }

  /**
   * Learns whether the panel limits tokens per server. Headers show the limit with fewer calls left: if they show the
   * general limit with `usualTokenLimit` or more calls left, there is no token limit.
   */
  #learnTokenLimit(limit: number, remaining: number): void {
    if (this.#limit === null) return;
    if (limit !== this.#limit) this.#tokenLimit = limit;
    else if (remaining >= usualTokenLimit) this.#tokenLimit = Infinity;
  }

  /**
   * The scope of the limit that refused a call: the general limit, the call's own scope, or a limit for this route that
   * no header names (PROTOCOL 3.4.8).
   * A refusal by the general limit shows 0 calls left in its headers. `hasOwnLimit` = the route is known to have one.
   */
  refusedScope(scope: string, route: string, response: HttpResponse, hasOwnLimit = false): string {
    const limit = whole(response.headers['x-ratelimit-limit']);
    const left = whole(response.headers['x-ratelimit-remaining']) ?? 0;
    const isOther = limit !== null && (hasOwnLimit || this.#limit !== null) && limit !== this.#limit;
    if (limit !== null && limit === this.#limit && left === 0) return 'panel';
    return scope === 'panel' && (isOther || left > 0) ? route : scope;
  }

  /** Perch's calls in the last minute, if they are more than half of the limit; otherwise null. */
  get ownDoing(): { readonly own: number; readonly limit: number } | null {
    if (this.#limit === null) return null;
    const own = Math.min(this.#calls.count(this.clock.now()), this.#limit);
    return own > this.#limit / 2 ? { own, limit: this.#limit } : null;
  }

  /** Records a refusal of this scope. Returns the monotonic time for the next attempt. */
  refused(scope: string, response: HttpResponse): number {
    const longest = scope.startsWith('websocket ') ? longestOfServerMs : longestMs;
    const until = this.clock.now() + Math.min(this.#waitMs(response), longest);
    this.#until.set(scope, until);
    return until;
  }

  #waitMs(response: HttpResponse): number {
    const seconds = whole(response.headers['retry-after']);
    if (seconds !== null) return Math.min(Math.max(seconds * 1000, 1000), longestMs);
    const reset = whole(response.headers['x-ratelimit-reset']);
    const left = reset === null ? 0 : reset * 1000 - this.#panelsTime(response);
    return left > 0 && left <= longestMs ? left : windowMs;
  }

  /** The reset header uses the panel's clock, which may differ from the local clock by hours. */
  #panelsTime({ headers }: HttpResponse): number {
    const told = Date.parse(headers['date'] ?? '');
    return Number.isNaN(told) ? this.clock.wall() : told;
  }
}

function whole(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,12}$/.test(header) ? Number(header) : null;
}
