import type { Clock, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { CallLog } from '../../base/call-log.js';
import { watchShare } from './places.js';

/**
 * Priority of calls, highest first: the user's request, an open console, a token renewal, bulk actions in turn with
 * needed servers, other sessions, other polls and optional reads.
 */
export type CallPriority = 'asked' | 'open' | 'renewal' | 'many' | 'needed' | 'rest' | 'spare';

/** True for ranks that wait for no turn, because the user is looking at missing content. */
export function isAtOnce(rank: CallPriority): boolean {
  return rank === 'asked' || rank === 'open';
}

export interface DueCall {
  readonly rank: CallPriority;
  /** Earliest monotonic time to send. */
  readonly at: number;
}

/** A source of background calls. */
export interface CallSource {
  /** The most urgent call; null without calls. */
  next(): DueCall | null;
  /** Sends the call that `next` returned. */
  send(): void;
}

export interface CallRoom {
  /** Calls per minute that the panel allows; null if unknown. */
  rateLimit(): number | null;
  /**
   * Monotonic time until which calls should pause, so that this part of the limit stays free for the user. null = no
   * pause.
   */
  restUntil(freePart: number): number | null;
}

/** Ms between calls while few were sent recently, so that visible servers load quickly. */
const quickMs = 50;
/** Part of the calls allowed per minute that goes out every `quickMs`; further calls are spread over the minute. */
const quickPart = 1 / 2;
/**
 * As `quickPart`, for sessions of unseen servers in the first `comingUpMs` ms. In that time the window has not yet
 * reported its visible servers.
 */
const unseenPart = 1 / 4;
const comingUpMs = 5000;
/** Part of the panel's limit that must stay free. Renewals may use more of the limit than other calls. */
const freeForRenewal = 1 / 10;
const free = 1 / 4;
/** After this many other calls, a waiting rank has its turn, so that no rank starves. */
const othersBeforeTurn = 7;

const order: readonly CallPriority[] = ['asked', 'open', 'renewal', 'many', 'needed', 'rest', 'spare'];
/** Positions in the order for a rank whose turn has come. Both stay behind calls that the user waits for. */
const beforeRenewals = order.indexOf('renewal') - 1;
const beforeMany = order.indexOf('many') - 1;
/** Bulk signals cause further calls for their servers, so bulk and `needed` calls alternate. */
const behindNeeded = order.indexOf('needed') + 1 / 2;

/**
 * Paces the background calls of one account: at most half of the panel's limit in any minute, renewals evenly, and
 * fewer while others use the limit.
 */
export class CallPacer {
  readonly #alarm: Alarm;
  readonly #sent = new CallLog();
  #sources: readonly CallSource[] = [];
  #sentAt = -Infinity;
  #beganAt: number | null = null;
  /**
   * Number of other calls since each rank's last call. The start values differ and only one resets at a time, so no two
   * are equal.
   */
  readonly #since = new Map<CallPriority, number>([
    ['many', 3],
    ['needed', 2],
    ['rest', 1],
    ['spare', 0],
  ]);
  /** Random factor that spreads the calls of several programs that started at the same moment. */
  #jitter = 1;
  #isStopped = false;

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly room: CallRoom,
  ) {
    this.#alarm = new Alarm(clock);
  }

  serve(sources: readonly CallSource[]): void {
    this.#sources = sources;
  }

  /** Sends all calls that are due now and schedules the next. Sources call this after each change. */
  look(): void {
    if (this.#isStopped) return;
    for (;;) {
      const { source, at } = this.#choose();
      if (source === null) return this.#alarm.clear();
      const wait = at - this.clock.now();
      if (wait > 0) return this.#alarm.set(wait, () => this.look());
      this.#send(source);
    }
  }

  /** Earliest monotonic time for one more call of this rank, ignoring other calls. */
  freeAt(rank: CallPriority): number {
    const now = this.clock.now();
    if (isAtOnce(rank)) return now;
    const share = watchShare(this.room.rateLimit());
    const isComingUp = now - (this.#beganAt ?? now) < comingUpMs;
    const part = rank === 'rest' && isComingUp ? unseenPart : quickPart;
    const isQuick = rank !== 'renewal' && this.#sent.count(now) < share * part;
    const spacing = Math.ceil((isQuick ? quickMs : 60_000 / share) * this.#jitter);
    const rest = this.room.restUntil(rank === 'renewal' ? freeForRenewal : free) ?? now;
    return Math.max(this.#sentAt + spacing, this.#sent.fewerThan(share), rest);
  }

  /** True while few calls were sent recently. */
  get isQuiet(): boolean {
    return this.#sent.count(this.clock.now()) < watchShare(this.room.rateLimit()) * quickPart;
  }

  stop(): void {
    this.#isStopped = true;
    this.#alarm.clear();
  }

  /** The source to send next, and when: the earliest call, by rank among equals. */
  #choose(): { source: CallSource | null; at: number } {
    const now = this.clock.now();
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
   * Position of a rank; a rank that waited long enough moves up.
   * With as many live sessions as the limit allows, renewals can fill every minute. All other ranks together then get
   * every eighth call; with more, tokens would end before their renewal.
   */
  #placeOf(rank: CallPriority): number {
    const since = this.#since.get(rank);
    if (rank === 'many' && since === 0) return behindNeeded;
    if (since === undefined || since < othersBeforeTurn) return order.indexOf(rank);
    const haveAllWaited = Math.min(...this.#since.values()) >= othersBeforeTurn;
    return (haveAllWaited ? beforeRenewals : beforeMany) + 1 / since;
  }

  #send(source: CallSource): void {
    const now = this.clock.now();
    const sent = source.next()?.rank;
    for (const [rank, since] of this.#since) this.#since.set(rank, rank === sent ? 0 : since + 1);
    this.#sent.add(now);
    this.#sentAt = now;
    this.#beganAt ??= now;
    this.#jitter = 0.75 + this.random() / 4;
    source.send();
  }
}
