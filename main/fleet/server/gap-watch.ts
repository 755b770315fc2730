import type { PowerSignal, PowerState, UnseenEnd } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { unseenEnd, type Sighting } from './unseen-end.js';

/** So old may be what a panel answers (PROTOCOL 2.3). */
const panelsCacheMs = 20_000;
/** A socket tells of a running server every second; after so long it was no unbroken one, though it is there. */
export const silentMs = 5000;
/** A server that still runs so long after our signal has not followed it: what ends it then is something else. */
const ownSignalMs = 120_000;
/** More than anybody sends before one of them shows. */
const mostOwn = 10;

export interface GapWatchDeps {
  readonly clock: Clock;
  /** Its host has closed the server, or installs or moves it: it stops for that, and is no news. */
  isClosed(): boolean;
  /** Not by Perch, and nobody saw how. */
  ended(end: UnseenEnd): void;
}

/**
 * Compares what was known of a server before a gap with what is seen after it. Ends that are seen on one unbroken
 * socket are left to `ExitWatch`. Several ends in one gap look like one and count as one; what was so before Perch
 * looked for the first time is no news.
 */
export class GapWatch {
  readonly #deps: GapWatchDeps;
  /** The last that is certain. */
  #known: Sighting | null = null;
  #firstAt = 0;
  /** Nobody has looked since `#known`. */
  #isGap = true;
  /** A new socket says that the server runs, as before the gap; its figures have yet to tell whether it is the same process. */
  #awaitsAge = false;
  /** When we sent signals that end a process, until one has ended; the newest last. */
  #own: readonly number[] = [];

  constructor(deps: GapWatchDeps) {
    this.#deps = deps;
  }

  /** For how long a panel may say this out of its cache, although a socket has told something newer; 0 = not at all. */
  staleMs(power: PowerState): number {
    if (this.#known === null || this.#known.power === power) return 0;
    return Math.max(0, this.#known.at + panelsCacheMs - this.#deps.clock.now());
  }

  polled(power: PowerState, uptimeMs: number): void {
    if (this.#deps.isClosed()) return this.forget();
    if (this.#mayBeOlder) return;
    this.#judge({ power, at: this.#deps.clock.now() - panelsCacheMs, uptimeMs });
    this.#isGap = true;
  }

  /** The socket has told a state. */
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

  /** The socket has told how old the process is. */
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

  ownSignal(signal: PowerSignal): void {
    if (signal !== 'start') this.#own = [...this.#own, this.#deps.clock.now()].slice(-mostOwn);
  }

  /** The newest has certainly not reached the server. One before it may still be on its way. */
  ownSignalRefused(): void {
    this.#own = this.#own.slice(0, -1);
  }

  /** What was known is not true any more. */
  forget(): void {
    this.#known = null;
    this.#awaitsAge = false;
  }

  get #wasSilent(): boolean {
    return this.#known?.power === 'running' && this.#deps.clock.now() - this.#known.at > silentMs;
  }

  get #mayBeOlder(): boolean {
    return this.#known !== null && this.#known.at > this.#deps.clock.now() - panelsCacheMs;
  }

  #judge(seen: Sighting): void {
    const before = this.#known;
    const end = before === null ? null : unseenEnd(before, seen, this.#deps.clock.now());
    const isTold = before !== null && this.#isNews(before) && !this.#isOurs(before);
    if (end !== null) this.#own = [];
    this.#learn(seen);
    if (end !== null && isTold) this.#deps.ended(end);
  }

  #learn(seen: Sighting): void {
    const before = this.#known;
    if (before === null) this.#firstAt = this.#deps.clock.now();
    else if (before.power !== seen.power && seen.power !== 'stopping') {
      // A panel's answer may be older than a signal, which has yet to show then.
      this.#own = this.#own.filter((at) => at > seen.at);
    }
    this.#known = seen;
  }

  /** Perch's first look may have been at something older than Perch. */
  #isNews(before: Sighting): boolean {
    return before.at >= this.#firstAt || this.#deps.clock.now() - this.#firstAt >= panelsCacheMs;
  }

  #isOurs(before: Sighting): boolean {
    return this.#own.some((at) => before.at - at < ownSignalMs);
  }
}
