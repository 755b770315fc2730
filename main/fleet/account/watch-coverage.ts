import { conditionBlock } from '../../../bridge/panel/permissions.js';
import type { PanelApi } from '../../panel/api.js';
import type { Clock, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { CallPacer, type CallRoom, type CallPriority } from '../plan/call-pacer.js';
import { Poller, type PollWork } from '../plan/poller.js';
import { watchShare } from '../plan/places.js';
import { TicketQueue } from '../plan/ticket-queue.js';
import { Turns } from '../plan/turns.js';
import type { ServerWatchers } from './server-watchers.js';
import { SessionOpener, type Opening } from '../server/session-opener.js';
import type { ServerWatcher } from '../server/server-watcher.js';
import type { FleetStore } from '../store.js';
import { allWatchFacts } from './watch-facts.js';
import { OptionalReads } from './optional-reads.js';
import { shownCoverage, type ShownCoverage } from './shown-coverage.js';
import { planWatch, type UserFocus, type WatchFacts, type WatchPlan } from '../plan/watch-plan.js';

export interface WatchCoverageDeps {
  store: FleetStore;
  clock: Clock;
  random: Random;
  watchers: Pick<ServerWatchers, 'get' | 'all'>;
  room: CallRoom & Pick<PanelApi, 'tokenLimit'>;
  looking: UserFocus;
  /** Most live servers; null = as many as the panel allows. */
  liveLimit(): number | null;
  /** Reports with every plan the limit that keeps servers from being live, and the length of a poll round. */
  covered(coverage: ShownCoverage): void;
  /** The session has ended and is no longer planned: its console lines can go. */
  dropConsole(serverId: string): void;
  polls: PollWork;
  /** The error for a session that may not request a token before `until`. */
  tokensUsedUp(serverId: string, until: number): Error;
  /** The error for a bulk action that may not make a call before `until`. */
  callsUsedUp(until: number): Error;
}

/** Pause in ms after a rate limit without a time. The window is one minute (PROTOCOL 3.4). */
const limiterPauseMs = 60_000;

/** Part of Perch's calls for lists of a window, and for other lists while more than half of Perch's calls are unused. */
const listPart = 1 / 4;

/** Ms for which a click gives one token request priority. A read before it may take 20 s. */
const clickMs = 30_000;

/** Minimum ms between plans. Links change often while sessions open; a plan for a thousand servers takes 1 to 2 ms. */
const planEveryMs = 100;

/**
 * Keeps one account's servers watched according to the plan.
 * Opens sessions one by one, ends others, polls the rest, and sends all these calls through one pacer. Changes are
 * collected: a plan follows shortly after a change, at most ten times a second.
 */
export class WatchCoverage {
  readonly #alarm: Alarm;
  readonly #pacer: CallPacer;
  readonly #tickets: TicketQueue;
  readonly #opener: SessionOpener;
  readonly #poller: Poller;
  readonly #optional: OptionalReads;
  readonly #turns: Turns;
  /** Monotonic time of the user's last request for a server, by server id, until the session requests its token. */
  readonly #asked = new Map<string, number>();
  #needed: ReadonlySet<string> = new Set();
  #isPaused = true;
  #plannedAt = -Infinity;

  constructor(private readonly deps: WatchCoverageDeps) {
    const { clock, random, room, polls, tokensUsedUp, callsUsedUp } = deps;
    this.#alarm = new Alarm(clock);
    this.#pacer = new CallPacer(clock, random, room);
    const changed = (): void => this.#pacer.look();
    this.#tickets = new TicketQueue({
      clock,
      changed,
      rankOf: (id) => this.#rankOf(id),
      limit: () => room.tokenLimit(),
      usedUp: tokensUsedUp,
    });
    this.#opener = new SessionOpener(clock, { changed, isBusy: () => this.#tickets.isBusy });
    const awaitsToken = (id: string): boolean => this.#tickets.isAwaited(id);
    this.#poller = new Poller(clock, polls, { changed, awaitsToken });
    this.#optional = new OptionalReads({
      clock,
      changed,
      listsInMinute: (isShown) => this.#listsInMinute(isShown),
    });
    this.#turns = new Turns({
      clock,
      changed,
      freeAt: () => this.#pacer.freeAt('many'),
      tooEarly: callsUsedUp,
    });
    const { sources } = this.#poller;
    this.#pacer.serve([this.#tickets, this.#turns, this.#opener, ...sources, ...this.#optional.sources]);
  }

  planAgain(): void {
    if (this.#alarm.isSet) return;
    const sinceLast = this.deps.clock.now() - this.#plannedAt;
    this.#planIn(Math.max(0, planEveryMs - sinceLast));
  }

  /** Sends a token request in its turn. Rejects if the server's tokens for this minute are used up. */
  ticket<T>(serverId: string, send: () => Promise<T>): Promise<T> {
    return this.#tickets.take(serverId, () => {
      this.#asked.delete(serverId);
      return send();
    });
  }

  /** Sends reads that Perch can do without, when no other call is due. */
  get optional(): Pick<OptionalReads, 'lookUp' | 'whenSpare' | 'whenShown' | 'whenIdle'> {
    return this.#optional;
  }

  /** Resolves when it is the turn of a bulk action's call. Rejects if the turn is too far away. */
  turn(): Promise<void> {
    return this.#turns.take();
  }

  /** The user clicked on this server: a token request within `clickMs` goes out at once. */
  asked(serverId: string): void {
    this.#asked.set(serverId, this.deps.clock.now());
    this.#planIn(0);
  }

  /** Forgets a removed server. */
  forget(serverId: string): void {
    this.#tickets.forget(serverId);
    this.#asked.delete(serverId);
  }

  /** Polls a server's usage after `ms`, if the server is polled at all. */
  pollSoon(serverId: string, ms: number): void {
    this.#poller.soon(serverId, ms);
  }

  pollAll(): void {
    this.#poller.allNow();
  }

  /** The panel's rate limit refused a call: no polls until the panel's time, or for a while (PROTOCOL 3.4). */
  pausePolls(until: number | undefined): void {
    this.#poller.pauseUntil(until ?? this.deps.clock.now() + limiterPauseMs);
  }

  /** True until the end of a pause from the panel's rate limit. */
  get isResting(): boolean {
    return this.#poller.isResting;
  }

  /** Pauses all calls: the account shows the panel's problem, and asking for each server would repeat it. */
  pause(): void {
    this.#isPaused = true;
    this.#poller.pauseUntil(Infinity);
    this.#opener.pause();
    this.#tickets.pause();
    this.#optional.drop();
  }

  /** The account works again: polls continue at once, and the next plan opens sessions. */
  resume(): void {
    this.#isPaused = false;
    this.#poller.resume();
    this.#tickets.resume();
  }

  stop(): void {
    this.#alarm.clear();
    this.#pacer.stop();
    this.#poller.stop();
    this.#opener.stop();
    this.#optional.drop();
    this.#turns.drop();
  }

  /**
   * One list a minute while sessions open or other calls need Perch's half of the limit. That would never fill a view of
   * a large fleet, so lists of a window only wait for their turn among the calls.
   */
  #listsInMinute(isShown: boolean): number {
    const isOpening = this.#opener.next() !== null;
    if (!isShown && (isOpening || !this.#pacer.isQuiet)) return 1;
    return Math.max(1, Math.floor(watchShare(this.deps.room.rateLimit()) * listPart));
  }

  #planIn(ms: number): void {
    this.#alarm.set(ms, () => this.#plan());
  }

  #plan(): void {
    const { watchers, room, looking, liveLimit, clock } = this.deps;
    this.#plannedAt = clock.now();
    const facts = allWatchFacts(this.deps.store, watchers.all());
    const budget = { rateLimit: room.rateLimit(), cap: liveLimit() };
    const plan = planWatch(facts, looking, budget, clock.now());
    this.#needed = plan.needed;
    this.#endOthers(facts, new Set(plan.live));
    const waiting = plan.live
      .flatMap((id) => watchers.get(id) ?? [])
      .filter(({ session }) => session.mayOpen);
    this.#opener.open(waiting.map((watcher) => this.#opening(watcher, plan)));
    if (!this.#isPaused) this.#opener.resume();
    this.#poller.follow(plan);
    this.deps.covered(shownCoverage(plan, budget));
  }

  #endOthers(facts: readonly WatchFacts[], live: ReadonlySet<string>): void {
    const { watchers, dropConsole } = this.deps;
    for (const { id, condition } of facts) {
      const watcher = watchers.get(id);
      if (watcher === null || live.has(id)) continue;
      const isBlocked = conditionBlock(condition) !== null;
      if (watcher.session.hasSession || isBlocked) watcher.close(isBlocked);
      // A blocked server comes back, and its console then still has its lines.
      if (!isBlocked) dropConsole(id);
    }
  }

  #opening(watcher: ServerWatcher, { needed }: WatchPlan): Opening {
    const { id } = watcher;
    return {
      rank: this.#urgentRankOf(id) ?? (needed.has(id) ? 'needed' : 'rest'),
      open: () => {
        this.#tickets.grant(id);
        watcher.session.open();
      },
    };
  }

  #urgentRankOf(id: string): 'asked' | 'open' | null {
    const { clock, looking } = this.deps;
    const since = this.#asked.get(id);
    if (since !== undefined && clock.now() - since < clickMs) return 'asked';
    return looking.isOpen(id) ? 'open' : null;
  }

  /** Renewals rank before tokens for new connections. */
  #rankOf(id: string): CallPriority | null {
    if (this.deps.watchers.get(id)?.session.hasSession !== true) return null;
    const urgent = this.#urgentRankOf(id);
    if (urgent !== null) return urgent;
    if (this.deps.store.state.servers.get(id)?.link.kind === 'live') return 'renewal';
    return this.#needed.has(id) ? 'needed' : 'rest';
  }
}
