import type { Clock } from '../../base/ports.js';
import { CallLog } from '../../base/call-log.js';
import { isAtOnce, type CallSource, type DueCall, type CallPriority } from './call-pacer.js';

/** Most token requests at a time, because a slow panel holds each request for long. */
const mostAtOnce = 8;
/** Tokens per minute that panels usually issue for one server, shared by all its users (PROTOCOL 3.4). */
const usualLimit = 5;
/** Part of the limit for tokens requested without a click; the rest is for other users. */
const ownPart = 3 / 5;

/** After this many renewals in a row a session without a token comes first, because it shows nothing until then. */
const renewalsInRow = 7;
/**
 * Ms between token requests while the account fails. One request at a time tests the panel; the others keep their place
 * instead of pausing longer after each refusal.
 */
const probeEveryMs = 5000;

export interface TicketQueueDeps {
  clock: Clock;
  /** Priority of the server's session; null = the session no longer needs a token. */
  rankOf(serverId: string): CallPriority | null;
  /** Tokens per minute that the panel issues for one server; Infinity = unlimited; null = unknown. */
  limit(): number | null;
  /** The next due request changed. */
  changed(): void;
  /** The error for a session that must wait until `until`, because the server's tokens for this minute are used up. */
  usedUp(serverId: string, until: number): Error;
}

interface Waiting {
  readonly since: number;
  send(): void;
}

/** Token requests of running sessions: renewals and new connections. Each waits for its turn. */
export class TicketQueue implements CallSource {
  readonly #waiting = new Map<string, Waiting>();
  readonly #granted = new Set<string>();
  readonly #given = new Map<string, CallLog>();
  #atOnce = 0;
  #renewals = 0;
  #isPaused = false;
  #probedAt = -Infinity;

  constructor(private readonly deps: TicketQueueDeps) {}

  get isBusy(): boolean {
    return this.#atOnce >= mostAtOnce;
  }

  /** True if a token request of this server waits for its turn. */
  isAwaited(serverId: string): boolean {
    return this.#waiting.has(serverId) && this.deps.rankOf(serverId) !== null;
  }

  /** The next token request of this server goes out at once, because it has already had its turn. */
  grant(serverId: string): void {
    this.#granted.add(serverId);
  }

  /**
   * Sends a token request in its turn. Rejects with `usedUp` if the server's tokens for this minute are used up.
   * A later request for the same server replaces a waiting one, whose promise then never settles.
   */
  take<T>(serverId: string, send: () => Promise<T>): Promise<T> {
    const isGranted = this.#granted.delete(serverId);
    const freeAt = this.#freeAt(serverId);
    if (freeAt > this.deps.clock.now()) return Promise.reject(this.deps.usedUp(serverId, freeAt));
    if (isGranted) return this.#send(serverId, send);
    return new Promise((resolve, reject) => {
      this.#waiting.set(serverId, {
        since: this.deps.clock.now(),
        send: () => void this.#send(serverId, send).then(resolve, reject),
      });
      this.deps.changed();
    });
  }

  /** The account fails: only renewals and requests that the user waits for keep their speed. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.deps.changed();
  }

  /** Forgets a removed server. */
  forget(serverId: string): void {
    this.#waiting.delete(serverId);
    this.#granted.delete(serverId);
    this.#given.delete(serverId);
  }

  next(): DueCall | null {
    return this.#first()?.due ?? null;
  }

  send(): void {
    const first = this.#first();
    if (first === null) return;
    const waiting = this.#waiting.get(first.id);
    this.#waiting.delete(first.id);
    this.#renewals = first.due.rank === 'renewal' ? this.#renewals + 1 : 0;
    if (this.#isHeld(first.due.rank)) this.#probedAt = this.deps.clock.now();
    waiting?.send();
  }

  #first(): { id: string; due: DueCall } | null {
    let first: { id: string; due: DueCall; place: number } | null = null;
    for (const id of this.#waiting.keys()) {
      const rank = this.deps.rankOf(id);
      if (rank === null) this.#waiting.delete(id);
      else if (isAtOnce(rank) || !this.isBusy) {
        const place = this.#placeOf(rank);
        if (first === null || place < first.place)
          first = { id, due: { rank, at: this.#dueAt(rank) }, place };
      }
    }
    return first;
  }

  #dueAt(rank: CallPriority): number {
    const now = this.deps.clock.now();
    return this.#isHeld(rank) ? Math.max(now, this.#probedAt + probeEveryMs) : now;
  }

  #isHeld(rank: CallPriority): boolean {
    return this.#isPaused && !isAtOnce(rank) && rank !== 'renewal';
  }

  /** Earliest monotonic time for one more token. A request by the user is never held back; the panel decides. */
  #freeAt(id: string): number {
    const rank = this.deps.rankOf(id);
    const limit = this.deps.limit() ?? usualLimit;
    if (rank === 'asked' || limit === Infinity) return -Infinity;
    // An open console leaves one token for a click of the user.
    const most = rank === 'open' ? limit - 1 : Math.floor(limit * ownPart);
    return this.#given.get(id)?.fewerThan(most) ?? -Infinity;
  }

  #placeOf(rank: CallPriority): number {
    if (isAtOnce(rank)) return -1;
    if (rank === 'renewal') return this.#renewals < renewalsInRow || this.#isPaused ? 0 : 3;
    return rank === 'needed' ? 1 : 2;
  }

  async #send<T>(serverId: string, send: () => Promise<T>): Promise<T> {
    const log = this.#given.get(serverId) ?? new CallLog();
    log.add(this.deps.clock.now());
    this.#given.set(serverId, log);
    this.#atOnce += 1;
    try {
      return await send();
    } finally {
      this.#atOnce -= 1;
      this.deps.changed();
    }
  }
}
