import type { Clock, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { CallLog } from '../../base/call-log.js';
import { watchShare } from './places.js';

/**
 * Who comes first: what the person has just asked for, what an open console lacks, a token that ends, an action on many
 * servers in turn with what the person has in sight, the sessions of the rest, and their polls.
 */
export type Rank = 'asked' | 'open' | 'renewal' | 'many' | 'needed' | 'rest' | 'spare';

/** Somebody looks at what is missing: it waits for no turn. */
export function isAtOnce(rank: Rank): boolean {
  return rank === 'asked' || rank === 'open';
}

export interface DueCall {
  readonly rank: Rank;
  /** From when on it may be sent. */
  readonly at: number;
}

/** Somebody who has calls to send that nobody waits for. */
export interface CallSource {
  /** The most urgent of them; null where there is none. */
  next(): DueCall | null;
  /** Sends that one. */
  send(): void;
}

export interface CallRoom {
  /** Calls per minute that the panel allows; null where it has not said. */
  rateLimit(): number | null;
  /** Until when calls should rest so that this part of the limit stays free for the person; null = they need not. */
  restUntil(freePart: number): number | null;
}

/** Between two calls while little was sent lately: what is in sight is known at once. */
const quickMs = 50;
/** This part of what watching may take in a minute goes out quickly, and then the rest evenly. */
const quickPart = 1 / 2;
/** Sessions that nobody sees take half of it for a moment: a window has yet to come up and to say what is in sight. */
const unseenPart = 1 / 4;
const comingUpMs = 5000;
/** What has to stay free of the panel's limit: a token that ends may take more of it than what can wait. */
const freeForRenewal = 1 / 10;
const free = 1 / 4;
/** After so many others it is the turn of a rank that waits, so that nothing waits for ever. */
const othersBeforeTurn = 7;

const order: readonly Rank[] = ['asked', 'open', 'renewal', 'many', 'needed', 'rest', 'spare'];
/** Before whom a rank comes whose turn it is; behind what somebody looks at in any case. */
const beforeRenewals = order.indexOf('renewal') - 1;
const beforeMany = order.indexOf('many') - 1;
/** What comes of the signals to many is asked for as well, so of two calls one is for what is needed. */
const behindNeeded = order.indexOf('needed') + 1 / 2;

/**
 * Lets out the calls of one account that nobody waits for, one by one: never more than half of the panel's limit within
 * any minute, renewals always evenly, and fewer while others use the limit up.
 */
export class CallPacer {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #room: CallRoom;
  readonly #alarm: Alarm;
  readonly #sent = new CallLog();
  #sources: readonly CallSource[] = [];
  #sentAt = -Infinity;
  #beganAt: number | null = null;
  /**
   * How many others were sent since, for each rank that takes turns. No two are ever equal, as they differ to begin
   * with and only one at a time starts over.
   */
  readonly #since = new Map<Rank, number>([
    ['many', 3],
    ['needed', 2],
    ['rest', 1],
    ['spare', 0],
  ]);
  /** Spreads calls of several programs that begin in the same moment. */
  #jitter = 1;
  #isStopped = false;

  constructor(clock: Clock, random: Random, room: CallRoom) {
    this.#clock = clock;
    this.#random = random;
    this.#room = room;
    this.#alarm = new Alarm(clock);
  }

  serve(sources: readonly CallSource[]): void {
    this.#sources = sources;
  }

  /** Something has become due, earlier or not at all. */
  look(): void {
    if (this.#isStopped) return;
    for (;;) {
      const { source, at } = this.#choose();
      if (source === null) return this.#alarm.clear();
      const wait = at - this.#clock.now();
      if (wait > 0) return this.#alarm.set(wait, () => this.look());
      this.#send(source);
    }
  }

  /** When one more call of this rank could go out, were it the only one. */
  freeAt(rank: Rank): number {
    const now = this.#clock.now();
    if (isAtOnce(rank)) return now;
    const share = watchShare(this.#room.rateLimit());
    const isComingUp = now - (this.#beganAt ?? now) < comingUpMs;
    const part = rank === 'rest' && isComingUp ? unseenPart : quickPart;
    const isQuick = rank !== 'renewal' && this.#sent.count(now) < share * part;
    const spacing = Math.ceil((isQuick ? quickMs : 60_000 / share) * this.#jitter);
    const rest = this.#room.restUntil(rank === 'renewal' ? freeForRenewal : free) ?? now;
    return Math.max(this.#sentAt + spacing, this.#sent.fewerThan(share), rest);
  }

  stop(): void {
    this.#isStopped = true;
    this.#alarm.clear();
  }

  /** Who is next, and when; the first in rank of those that could go now. */
  #choose(): { source: CallSource | null; at: number } {
    const now = this.#clock.now();
    let chosen: { source: CallSource | null; at: number; place: number } = {
      source: null,
      at: Infinity,
      place: Infinity,
    };
    for (const source of this.#sources) {
      const due = source.next();
      if (due === null || due.at === Infinity) continue;
      const at = Math.max(now, due.at, this.freeAt(due.rank));
      const place = this.#placeOf(due.rank);
      if (at < chosen.at || (at === chosen.at && place < chosen.place)) chosen = { source, at, place };
    }
    return chosen;
  }

  /**
   * Who has waited longest has the turn. Renewals may fill every minute where as many sessions are live as the limit
   * carries; all the others together then get every eighth call: with more, tokens would end before they are renewed.
   */
  #placeOf(rank: Rank): number {
    const since = this.#since.get(rank);
    if (rank === 'many' && since === 0) return behindNeeded;
    if (since === undefined || since < othersBeforeTurn) return order.indexOf(rank);
    const haveAllWaited = Math.min(...this.#since.values()) >= othersBeforeTurn;
    return (haveAllWaited ? beforeRenewals : beforeMany) + 1 / since;
  }

  #send(source: CallSource): void {
    const now = this.#clock.now();
    const sent = source.next()?.rank;
    for (const [rank, since] of this.#since) this.#since.set(rank, rank === sent ? 0 : since + 1);
    this.#sent.add(now);
    this.#sentAt = now;
    this.#beganAt ??= now;
    this.#jitter = 0.75 + this.#random() / 4;
    source.send();
  }
}
