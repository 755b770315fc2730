import type { Clock } from '../../base/ports.js';
import { CallLog } from '../../base/call-log.js';
import { isAtOnce, type CallSource, type DueCall, type Rank } from './call-pacer.js';

/** A panel that is slow holds a request for long: no more of them wait at a time. */
const mostAtOnce = 8;
/** What a panel usually gives for one server and minute, to all of its users together (PROTOCOL 3.4). */
const usualLimit = 5;
/** What is asked for without a click takes this part of it, and leaves the rest to other people. */
const ownPart = 3 / 5;

/** After so many renewals in a row a session without a token comes first: it shows nothing until then. */
const renewalsInRow = 7;
/**
 * While the account is not well: one at a time still finds out whether the panel gives tokens, and the others keep their
 * place instead of pausing longer with every refusal.
 */
const probeEveryMs = 5000;

export interface TicketQueueDeps {
  clock: Clock;
  /** How urgently this server's session needs its token; null = nobody waits for it any more. */
  rankOf(serverId: string): Rank | null;
  /** Tokens that the panel gives for one server and minute; Infinity where it does not count them; null = unknown. */
  limit(): number | null;
  /** What is due has changed. */
  changed(): void;
  /** What a session is told that has to wait until then, because its server has had its share of this minute. */
  usedUp(serverId: string, until: number): Error;
}

interface Waiting {
  readonly since: number;
  send(): void;
}

/** Tokens that running sessions ask for: renewals, and those for new connections. Each waits for its turn. */
export class TicketQueue implements CallSource {
  readonly #deps: TicketQueueDeps;
  readonly #waiting = new Map<string, Waiting>();
  readonly #granted = new Set<string>();
  readonly #given = new Map<string, CallLog>();
  #atOnce = 0;
  #renewals = 0;
  #isPaused = false;
  #probedAt = -Infinity;

  constructor(deps: TicketQueueDeps) {
    this.#deps = deps;
  }

  get isBusy(): boolean {
    return this.#atOnce >= mostAtOnce;
  }

  /** A token of this server waits for its turn. */
  isAwaited(serverId: string): boolean {
    return this.#waiting.has(serverId) && this.#deps.rankOf(serverId) !== null;
  }

  /** The next ticket of this server goes out at once: its turn has come already. */
  grant(serverId: string): void {
    this.#granted.add(serverId);
  }

  /**
   * Sends when it is its turn; a later call for the same server takes its place, and the earlier one never settles. Where
   * the server has had its share, nothing is sent: who asks says so, until when, and a click may come before.
   */
  take<T>(serverId: string, send: () => Promise<T>): Promise<T> {
    const isGranted = this.#granted.delete(serverId);
    const freeAt = this.#freeAt(serverId);
    if (freeAt > this.#deps.clock.now()) return Promise.reject(this.#deps.usedUp(serverId, freeAt));
    if (isGranted) return this.#send(serverId, send);
    return new Promise((resolve, reject) => {
      this.#waiting.set(serverId, {
        since: this.#deps.clock.now(),
        send: () => void this.#send(serverId, send).then(resolve, reject),
      });
      this.#deps.changed();
    });
  }

  /** The account is not well: what nobody looks at and no session lives on goes out slowly. */
  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#deps.changed();
  }

  /** The server is gone. */
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
    if (this.#isHeld(first.due.rank)) this.#probedAt = this.#deps.clock.now();
    waiting?.send();
  }

  #first(): { id: string; due: DueCall } | null {
    let first: { id: string; due: DueCall; place: number } | null = null;
    for (const id of this.#waiting.keys()) {
      const rank = this.#deps.rankOf(id);
      if (rank === null) this.#waiting.delete(id);
      else if (isAtOnce(rank) || !this.isBusy) {
        const place = this.#placeOf(rank);
        if (first === null || place < first.place)
          first = { id, due: { rank, at: this.#dueAt(rank) }, place };
      }
    }
    return first;
  }

  #dueAt(rank: Rank): number {
    const now = this.#deps.clock.now();
    return this.#isHeld(rank) ? Math.max(now, this.#probedAt + probeEveryMs) : now;
  }

  #isHeld(rank: Rank): boolean {
    return this.#isPaused && !isAtOnce(rank) && rank !== 'renewal';
  }

  /** From when on one more may be asked for. The person is not kept waiting: the panel decides, and says until when. */
  #freeAt(id: string): number {
    const rank = this.#deps.rankOf(id);
    const limit = this.#deps.limit() ?? usualLimit;
    if (rank === 'asked' || limit === Infinity) return -Infinity;
    // An open console leaves one for the click of the person at it.
    const most = rank === 'open' ? limit - 1 : Math.floor(limit * ownPart);
    return this.#given.get(id)?.fewerThan(most) ?? -Infinity;
  }

  #placeOf(rank: Rank): number {
    if (isAtOnce(rank)) return -1;
    if (rank === 'renewal') return this.#renewals < renewalsInRow || this.#isPaused ? 0 : 3;
    return rank === 'needed' ? 1 : 2;
  }

  async #send<T>(serverId: string, send: () => Promise<T>): Promise<T> {
    const log = this.#given.get(serverId) ?? new CallLog();
    log.add(this.#deps.clock.now());
    this.#given.set(serverId, log);
    this.#atOnce += 1;
    try {
      return await send();
    } finally {
      this.#atOnce -= 1;
      this.#deps.changed();
    }
  }
}
