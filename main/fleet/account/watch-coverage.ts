import type { Account, Link, Server } from '../../../bridge/schema/domain.js';
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import type { PanelApi } from '../../panel/api.js';
import type { Clock, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { CallPacer, type CallRoom, type Rank } from '../plan/call-pacer.js';
import { Poller, type PollWork } from '../plan/poller.js';
import { Lookups } from '../plan/lookups.js';
import { TicketQueue } from '../plan/ticket-queue.js';
import { Turns } from '../plan/turns.js';
import type { ServerWatchers } from './server-watchers.js';
import { SessionOpener, type Opening } from '../server/session-opener.js';
import type { ServerWatcher } from '../server/server-watcher.js';
import type { FleetStore } from '../store.js';
import type { WatchBudget } from '../plan/places.js';
import { planWatch, type Looking, type WatchFacts, type WatchPlan } from '../plan/watch-plan.js';

export interface WatchCoverageDeps {
  store: FleetStore;
  clock: Clock;
  random: Random;
  watchers: Pick<ServerWatchers, 'get' | 'all'>;
  room: CallRoom & Pick<PanelApi, 'tokenLimit'>;
  looking: Looking;
  /** The most servers that are to be live; null = as many as the panel allows. */
  liveLimit(): number | null;
  /** Whether all servers can be live, or what holds them back, and how long a round takes; told with every plan. */
  covered(coverage: Pick<Account, 'heldBack' | 'roundMs'>): void;
  /** The session is over and is not needed any more. */
  dropConsole(serverId: string): void;
  polls: Omit<PollWork, 'awaitsToken'>;
  /** What a session is told that may not ask for a token before then. */
  tokensUsedUp(serverId: string, until: number): Error;
  /** What an action on many servers is told that may not call before then. */
  callsUsedUp(until: number): Error;
}

/** A click speaks for one token that follows it, after a read that may take 20 s, and for none of much later. */
const clickMs = 30_000;

/**
 * While sessions are opened links change by the dozen, and with a thousand servers each plan takes a millisecond or two.
 */
const planEveryMs = 100;

/**
 * Keeps the servers of one account covered as the plan has it: sessions are opened one by one and ended, the others
 * are polled, and every call that all this needs goes out through one pacer. Whatever the plan depends on may change
 * many times at once, so it is made anew a moment later, once, and in a row of changes ten times a second.
 */
export class WatchCoverage {
  readonly #deps: WatchCoverageDeps;
  readonly #alarm: Alarm;
  readonly #pacer: CallPacer;
  readonly #tickets: TicketQueue;
  readonly #opener: SessionOpener;
  readonly #poller: Poller;
  readonly #lookups: Lookups;
  readonly #turns: Turns;
  /** Servers that the person has asked for, and when: until their session asks for its token. */
  readonly #asked = new Map<string, number>();
  #needed: ReadonlySet<string> = new Set();
  #isPaused = true;
  #plannedAt = -Infinity;

  constructor(deps: WatchCoverageDeps) {
    const { clock, random, room, polls, tokensUsedUp, callsUsedUp } = deps;
    this.#deps = deps;
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
    this.#poller = new Poller(clock, { ...polls, awaitsToken }, changed);
    this.#lookups = new Lookups(clock, changed);
    this.#turns = new Turns({
      clock,
      changed,
      freeAt: () => this.#pacer.freeAt('many'),
      tooEarly: callsUsedUp,
    });
    this.#pacer.serve([this.#tickets, this.#turns, this.#opener, ...this.#poller.sources, this.#lookups]);
  }

  planAgain(): void {
    if (this.#alarm.isSet) return;
    const sinceLast = this.#deps.clock.now() - this.#plannedAt;
    this.#planIn(Math.max(0, planEveryMs - sinceLast));
  }

  /** Sends when it is the turn of this server's session; rejects where its server has had its share of this minute. */
  ticket<T>(serverId: string, send: () => Promise<T>): Promise<T> {
    return this.#tickets.take(serverId, () => {
      this.#asked.delete(serverId);
      return send();
    });
  }

  /** Sends what would only be nice to know when nothing else is to be sent; null where it is not sent. */
  lookUp<T>(send: () => Promise<T>): Promise<T | null> {
    return this.#lookups.take(send);
  }

  /** Resolves when it is the turn of a call of an action on many servers; rejects where that is not soon. */
  turn(): Promise<void> {
    return this.#turns.take();
  }

  /** The person has clicked for this server: a ticket that it asks for within moments goes out at once. */
  asked(serverId: string): void {
    this.#asked.set(serverId, this.#deps.clock.now());
    this.#planIn(0);
  }

  /** The server is gone. */
  forget(serverId: string): void {
    this.#tickets.forget(serverId);
    this.#asked.delete(serverId);
  }

  /** Asks for the usage of a server after `ms`, where it is polled at all. */
  pollSoon(serverId: string, ms: number): void {
    this.#poller.soon(serverId, ms);
  }

  pollAll(): void {
    this.#poller.allNow();
  }

  /** The panel's limiter has refused, and what counts is its time (PROTOCOL 3.4). */
  pollNothingUntil(time: number): void {
    this.#poller.pauseUntil(time);
  }

  /** The panel's limiter has refused, and its time is not over. */
  get isResting(): boolean {
    return this.#poller.isResting;
  }

  /** The panel's problem is shown on the account; asking for each server would only repeat it. */
  pause(): void {
    this.#isPaused = true;
    this.#poller.pauseUntil(Infinity);
    this.#opener.pause();
    this.#tickets.pause();
    this.#lookups.drop();
  }

  /** The account is well: polls go on at once, and the next plan opens sessions. */
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
    this.#lookups.drop();
    this.#turns.drop();
  }

  #planIn(ms: number): void {
    this.#alarm.set(ms, () => this.#plan());
  }

  #plan(): void {
    const { watchers, room, looking, liveLimit, clock } = this.#deps;
    this.#plannedAt = clock.now();
    const facts = this.#facts();
    const budget = { rateLimit: room.rateLimit(), cap: liveLimit() };
    const plan = planWatch(facts, looking, budget, clock.now());
    this.#needed = plan.needed;
    this.#endOthers(facts, new Set(plan.live));
    const waiting = plan.live.flatMap((id) => watchers.get(id) ?? []).filter(({ mayOpen }) => mayOpen);
    this.#opener.open(waiting.map((watcher) => this.#opening(watcher, plan)));
    if (!this.#isPaused) this.#opener.resume();
    this.#poller.follow(plan);
    this.#deps.covered({ ...heldBackOf(plan, budget), ...roundOf(plan) });
  }

  #endOthers(facts: readonly WatchFacts[], live: ReadonlySet<string>): void {
    const { watchers, dropConsole } = this.#deps;
    for (const { id, condition } of facts) {
      const watcher = watchers.get(id);
      if (watcher === null || live.has(id)) continue;
      const isBlocked = conditionBlock(condition) !== null;
      if (watcher.hasSession || isBlocked) watcher.close(isBlocked);
      // One that is only blocked for now comes back, and then its lines are still there.
      if (!isBlocked) dropConsole(id);
    }
  }

  #opening(watcher: ServerWatcher, { needed }: WatchPlan): Opening {
    const { id } = watcher;
    return {
      rank: this.#urgentRankOf(id) ?? (needed.has(id) ? 'needed' : 'rest'),
      open: () => {
        this.#tickets.grant(id);
        watcher.open();
      },
    };
  }

  #urgentRankOf(id: string): 'asked' | 'open' | null {
    const { clock, looking } = this.#deps;
    const since = this.#asked.get(id);
    if (since !== undefined && clock.now() - since < clickMs) return 'asked';
    return looking.isOpen(id) ? 'open' : null;
  }

  /** A token that ends comes before those for new connections. */
  #rankOf(id: string): Rank | null {
    if (this.#deps.watchers.get(id)?.hasSession !== true) return null;
    const urgent = this.#urgentRankOf(id);
    if (urgent !== null) return urgent;
    if (this.#deps.store.state.servers.get(id)?.link.kind === 'live') return 'renewal';
    return this.#needed.has(id) ? 'needed' : 'rest';
  }

  #facts(): WatchFacts[] {
    const { store, watchers } = this.#deps;
    return watchers.all().flatMap(({ id, sessionSince }) => {
      const server = store.state.servers.get(id);
      if (server === undefined) return [];
      const { condition, link, permissions, crash, pending } = server;
      return [
        {
          id,
          condition,
          link: link.kind,
          waitsForToken: waitsForToken(link),
          sessionSince,
          isAlerting: (crash ?? null) !== null || pending !== null,
          isRunning: isRunning(server),
          knowsPermissions: permissions !== null,
        },
      ];
    });
  }
}

/** The panel's limit or Perch's own restraint names the time, so it does not come back at once. */
function waitsForToken(link: Link): boolean {
  if (link.kind !== 'reconnecting') return false;
  return link.problem?.code === 'rate-limited' || link.problem?.ofServer === true;
}

/** As far as is known: until this run has seen it, as the one before saw it last. */
function isRunning({ power, lastRun }: Pick<Server, 'power' | 'lastRun'>): boolean {
  const state = power ?? lastRun?.state ?? null;
  return state !== null && state !== 'offline';
}

function heldBackOf({ places }: WatchPlan, { rateLimit, cap }: WatchBudget): Pick<Account, 'heldBack'> {
  const { heldBackBy: by, opened } = places;
  if (by === null) return {};
  return {
    heldBack: { by, places: by === 'setting' ? (cap ?? opened) : opened, callsPerMinute: rateLimit },
  };
}

/** In halves of a minute, so that a server more or less is no news of the account. */
function roundOf({ polled, fallback, paces }: WatchPlan): Pick<Account, 'roundMs'> {
  const roundMs = Math.ceil(paces.restMs / 30_000) * 30_000;
  return polled.length + fallback.length === 0 || roundMs <= 60_000 ? {} : { roundMs };
}
