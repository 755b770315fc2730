import { conditionBlock } from '../../../bridge/permissions.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { Poller, type PollWork } from '../plan/poller.js';
import type { ServerWatchers } from './server-watchers.js';
import { SessionOpener } from '../server/session-opener.js';
import type { FleetStore } from '../store.js';
import { planWatch, type WatchFacts } from '../plan/watch-plan.js';

export interface WatchCoverageDeps {
  store: FleetStore;
  clock: Clock;
  watchers: Pick<ServerWatchers, 'get' | 'all'>;
  /** Calls per minute that the panel allows; null where it has not said. */
  rateLimit(): number | null;
  isConsoleOpen(serverId: string): boolean;
  /** The session is over and is not needed any more. */
  dropConsole(serverId: string): void;
  polls: PollWork;
}

/**
 * Keeps the servers of one account covered as the plan has it: sessions are opened one by one and ended, the others
 * are polled. Whatever the plan depends on may change many times at once, so it is made anew a moment later, once.
 */
export class WatchCoverage {
  readonly #deps: WatchCoverageDeps;
  readonly #alarm: Alarm;
  readonly #poller: Poller;
  readonly #opener: SessionOpener;
  #isPaused = true;

  constructor(deps: WatchCoverageDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
    this.#opener = new SessionOpener(deps.clock);
    this.#poller = new Poller(deps.clock, deps.polls);
  }

  planAgain(): void {
    if (!this.#alarm.isSet) this.#alarm.set(0, () => this.#plan());
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

  /** The panel's problem is shown on the account; asking for each server would only repeat it. */
  pause(): void {
    this.#isPaused = true;
    this.#poller.pauseUntil(Infinity);
    this.#opener.pause();
  }

  /** The account is well: polls go on at once, and the next plan opens sessions. */
  resume(): void {
    this.#isPaused = false;
    this.#poller.resume();
  }

  stop(): void {
    this.#alarm.clear();
    this.#poller.stop();
    this.#opener.stop();
  }

  #plan(): void {
    const { watchers, rateLimit, dropConsole } = this.#deps;
    const facts = this.#facts();
    const plan = planWatch(facts, rateLimit());
    const live = new Set(plan.live);
    for (const { id, condition } of facts) {
      const watcher = watchers.get(id);
      if (watcher === null || live.has(id)) continue;
      const isBlocked = conditionBlock(condition) !== null;
      if (watcher.hasSession || isBlocked) watcher.close(isBlocked);
      if (!plan.isSmall) dropConsole(id);
    }
    this.#opener.open(plan.live.flatMap((id) => watchers.get(id) ?? []).filter(({ mayOpen }) => mayOpen));
    if (!this.#isPaused) this.#opener.resume();
    this.#poller.follow(plan);
  }

  #facts(): WatchFacts[] {
    const { store, watchers, isConsoleOpen } = this.#deps;
    return watchers.all().flatMap(({ id, hasSession }) => {
      const server = store.state.servers.get(id);
      if (server === undefined) return [];
      const { condition, link, permissions } = server;
      const knowsPermissions = permissions !== null;
      return [
        { id, condition, link: link.kind, hasSession, consoleOpen: isConsoleOpen(id), knowsPermissions },
      ];
    });
  }
}
