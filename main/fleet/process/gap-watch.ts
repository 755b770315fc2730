import type { PowerState, UnseenEnd } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { isEnding, newestId, type SentAfter } from './sent-signals.js';
import { unseenEnd, type Sighting } from './unseen-end.js';
import { panelCacheMs, signalWorksMs, silentSocketMs } from './limits.js';

export interface GapWatchDeps {
  readonly clock: Clock;
  readonly sentAfter: SentAfter;
  /** True if the host suspended the server, or is installing or moving it: an end is then expected. */
  isClosed(): boolean;
  /** The server ended unseen and without a signal from Perch. */
  ended(end: UnseenEnd): void;
}

/**
 * Compares a server's state before a gap with its state after.
 * `ExitWatch` handles ends on one uninterrupted socket. Several ends in one gap count as one. State from before Perch's
 * first look is not reported.
 */
export class GapWatch {
  readonly #deps: GapWatchDeps;
  /** The last certain sighting. */
  #known: Sighting | null = null;
  #firstAt = 0;
  /** True if nothing was seen since `#known`. */
  #isGap = true;
  /**
   * True if a new socket reports that the server runs, as before the gap. The process age has yet to show whether the
   * process is the same.
   */
  #awaitsAge = false;
  /** The last signal of Perch that has had its effect. */
  #doneId = 0;

  constructor(deps: GapWatchDeps) {
    this.#deps = deps;
  }

  /**
   * Ms for which the panel may still answer `power` from its cache although a socket has reported a newer state; 0 =
   * not at all.
   */
  staleMs(power: PowerState): number {
    if (this.#known === null || this.#known.power === power) return 0;
    return Math.max(0, this.#known.at + panelCacheMs - this.#deps.clock.now());
  }

  polled(power: PowerState, uptimeMs: number): void {
    if (this.#deps.isClosed()) return this.forget();
    if (this.#mayBeOlder) return;
    this.#judge({ power, at: this.#deps.clock.now() - panelCacheMs, uptimeMs });
    this.#isGap = true;
  }

  /** The socket reported a state. */
  live(power: PowerState): void {
    if (this.#deps.isClosed()) return this.forget();
    const seen: Sighting = { power, at: this.#deps.clock.now(), uptimeMs: null };
    const wasGap = this.#isGap || this.#wasSilent;
    this.#isGap = false;
    this.#awaitsAge = wasGap && power === 'running' && this.#known?.power === 'running';
    if (this.#awaitsAge) return;
    if (wasGap) this.#judge(seen);
    else this.#learn(seen);
  }

  /** The socket reported the age of the process. */
  measured(uptimeMs: number): void {
    if (this.#isGap || this.#known === null || this.#deps.isClosed()) return;
    const seen: Sighting = { power: this.#known.power, at: this.#deps.clock.now(), uptimeMs };
    if (this.#awaitsAge || this.#wasSilent) this.#judge(seen);
    else this.#learn(seen);
    this.#awaitsAge = false;
  }

  linkLost(): void {
    this.#awaitsAge = false;
    this.#isGap = true;
  }

  /** Forgets the last state, which is no longer valid. */
  forget(): void {
    this.#known = null;
    this.#awaitsAge = false;
  }

  get #wasSilent(): boolean {
    return this.#known?.power === 'running' && this.#deps.clock.now() - this.#known.at > silentSocketMs;
  }

  get #mayBeOlder(): boolean {
    return this.#known !== null && this.#known.at > this.#deps.clock.now() - panelCacheMs;
  }

  #judge(seen: Sighting): void {
    const before = this.#known;
    const end = before === null ? null : unseenEnd(before, seen, this.#deps.clock.now());
    const isTold = before !== null && this.#isNews(before) && !this.#isOurs(before);
    if (end !== null) this.#doneId = newestId(this.#deps.sentAfter);
    this.#learn(seen);
    if (end !== null && isTold) this.#deps.ended(end);
  }

  #learn(seen: Sighting): void {
    const before = this.#known;
    if (before === null) this.#firstAt = this.#deps.clock.now();
    else if (before.power !== seen.power && seen.power !== 'stopping') {
      // A panel's answer may be older than a signal of Perch. The effect of the signal shows in a later answer.
      const done = this.#deps.sentAfter(this.#doneId).findLast(({ at }) => at <= seen.at);
      this.#doneId = done?.id ?? this.#doneId;
    }
    this.#known = seen;
  }

  /** False for state that may be older than this run of Perch. */
  #isNews(before: Sighting): boolean {
    return before.at >= this.#firstAt || this.#deps.clock.now() - this.#firstAt >= panelCacheMs;
  }

  #isOurs(before: Sighting): boolean {
    return this.#deps
      .sentAfter(this.#doneId)
      .some((sent) => isEnding(sent) && before.at - sent.at < signalWorksMs);
  }
}
