import { CallLog } from '../base/call-log.js';
import type { Clock, HttpResponse } from '../base/ports.js';

/** The window of the panel's limiter; a fixed one (PROTOCOL 3.4). */
const windowMs = 60_000;
/** Our own calls alone never take more than this part of the limit; above it, what can wait does. */
const mostOfOwn = 3 / 4;
/** A longer wait that a panel names is not believed: it would silence Perch for good. */
const longestMs = 15 * 60_000;
/** The limit of one server's tokens counts a minute (PROTOCOL 3.4), so a longer wait is no word of it. */
const longestOfServerMs = 100_000;
/** Tokens of one server, per minute, where a panel limits them (PROTOCOL 3.4). */
const usualTokenLimit = 5;

/**
 * How many calls the panel still allows, from its own headers (PROTOCOL 3.4). The limit belongs to the user, whose
 * browser tabs use it too, so what is left is read and never reckoned: our own calls are counted only between two answers.
 * Scopes are apart: `panel` is the general limit; the limit of one server's `/websocket` route has a scope of its
 * own, because the headers of that route say nothing about the general one.
 */
export class RateBudget {
  readonly #clock: Clock;
  readonly #until = new Map<string, number>();
  #windowSeenAt: number | null = null;
  #limit: number | null = null;
  #remaining: number | null = null;
  #tokenLimit: number | null = null;
  /** Our own calls, of all scopes: the panel counts each of them in its general limit. */
  readonly #calls = new CallLog();
  #callsSinceAnswer = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls per minute of the general limit as the panel named it; null before any answer did. */
  get limit(): number | null {
    return this.#limit;
  }

  /** Calls that are left in the window; all of them once it is over, null before any answer told. */
  get left(): number | null {
    if (this.#remaining === null || this.#clock.now() >= this.#windowEnd) return this.#limit;
    return Math.max(0, this.#remaining - this.#callsSinceAnswer);
  }

  /**
   * Tokens per minute that the panel gives for one server, to all of its users; Infinity where only the general limit
   * counts; null before an answer has shown it.
   */
  get tokenLimit(): number | null {
    return this.#tokenLimit;
  }

  /** A call goes out, of whatever scope. */
  sent(): void {
    this.#calls.add(this.#clock.now());
    this.#callsSinceAnswer += 1;
  }

  /**
   * Until when calls that nobody waits for should rest, so that `freePart` of the limit stays free for the person and
   * for others; null = they need not.
   */
  restUntil(freePart: number): number | null {
    const blocked = this.blockedUntil('panel');
    if (blocked !== null || this.#limit === null) return blocked;
    const now = this.#clock.now();
    const most = Math.max(1, Math.floor(this.#limit * mostOfOwn));
    const ownUntil = this.#calls.count(now) < most ? now : this.#calls.fewerThan(most);
    const until = Math.max(ownUntil, this.#isScarce(freePart, now) ? this.#windowEnd : now);
    return until > now ? until : null;
  }

  #isScarce(freePart: number, now: number): boolean {
    if (this.#remaining === null || this.#limit === null || now >= this.#windowEnd) return false;
    return this.#remaining - this.#callsSinceAnswer < this.#limit * freePart;
  }

  get #windowEnd(): number {
    return (this.#windowSeenAt ?? -Infinity) + windowMs;
  }

  /** When reads of this scope may go on; null = now. */
  blockedUntil(scope: string): number | null {
    const until = this.#until.get(scope);
    if (until === undefined) return null;
    if (until > this.#clock.now()) return until;
    this.#until.delete(scope);
    return null;
  }

  /** Reads of every scope may go on at once. */
  lift(): void {
    this.#until.clear();
  }

  /** Reads the headers of an answer. */
  observe(scope: string, response: HttpResponse): void {
    const remaining = whole(response.headers['x-ratelimit-remaining']);
    const limit = whole(response.headers['x-ratelimit-limit']);
    if (remaining === null || limit === null) return;
    // A refusal by the limiter of one route shows the figures of that limiter (PROTOCOL 3.4.8).
    if (response.status === 429 && this.#limit !== null && limit !== this.#limit) return;
    // The route of tickets shows the general limit where less is left of that.
    if (scope !== 'panel') this.#learnTokenLimit(limit, remaining);
    if (scope !== 'panel' && limit !== this.#limit) return;
    this.#limit = limit;
    const now = this.#clock.now();
    if (this.#windowSeenAt === null || now - this.#windowSeenAt >= windowMs || remaining >= limit - 1) {
      this.#windowSeenAt = now;
    }
    this.#remaining = remaining;
    this.#callsSinceAnswer = 0;
    // The window began at the latest when it was first seen, so this waits rather too long than too short.
    if (remaining === 0) this.#until.set('panel', this.#windowEnd);
  }

  /** The headers are those of the limit of which less is left: a usual one of tokens would hide the general one. */
  #learnTokenLimit(limit: number, remaining: number): void {
    if (this.#limit === null) return;
    if (limit !== this.#limit) this.#tokenLimit = limit;
    else if (remaining >= usualTokenLimit) this.#tokenLimit = Infinity;
  }

  /**
   * Which limit refused a call: the general one, that of the call's own scope, or one that the panel has for this route
   * alone and that no header names (PROTOCOL 3.4.8). The headers of a refusal by the general limit show that nothing is
   * left of it.
   */
  refusedScope(scope: string, route: string, response: HttpResponse): string {
    const limit = whole(response.headers['x-ratelimit-limit']);
    const left = whole(response.headers['x-ratelimit-remaining']) ?? 0;
    const isOther = limit !== null && this.#limit !== null && limit !== this.#limit;
    if (limit !== null && limit === this.#limit && left === 0) return 'panel';
    return scope === 'panel' && (isOther || left > 0) ? route : scope;
  }

  /** How many of the calls of the last minute were ours, where those are more than half of what the panel allows; else null. */
  get ownDoing(): { readonly own: number; readonly limit: number } | null {
    if (this.#limit === null) return null;
    const own = Math.min(this.#calls.count(this.#clock.now()), this.#limit);
    return own > this.#limit / 2 ? { own, limit: this.#limit } : null;
  }

  /** The panel refused a call of this scope. Returns when to try again, milliseconds since the epoch. */
  refused(scope: string, response: HttpResponse): number {
    const longest = scope.startsWith('websocket ') ? longestOfServerMs : longestMs;
    const until = this.#clock.now() + Math.min(this.#waitMs(response), longest);
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

  /** The reset is a moment of the panel's clock, which may be hours from ours. */
  #panelsTime({ headers }: HttpResponse): number {
    const told = Date.parse(headers['date'] ?? '');
    return Number.isNaN(told) ? this.#clock.wall() : told;
  }
}

function whole(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,12}$/.test(header) ? Number(header) : null;
}
