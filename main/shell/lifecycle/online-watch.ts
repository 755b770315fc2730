import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

/**
 * Interval of the checks, in ms: short enough to reconnect soon after the network returns. A check costs almost
 * nothing.
 */
const everyMs = 5000;

/** Detects that the network is back. Only the system's "offline" is reliable (PLATFORM, "Lifecycle"). */
export class OnlineWatch {
  readonly #alarm: Alarm;
  #wasOnline = true;

  constructor(private readonly deps: { clock: Clock; isOnline: () => boolean; onOnline: () => void }) {
    this.#alarm = new Alarm(deps.clock);
  }

  start(): void {
    this.#wasOnline = this.deps.isOnline();
    this.#alarm.every(everyMs, () => this.#look());
  }

  stop(): void {
    this.#alarm.clear();
  }

  #look(): void {
    const online = this.deps.isOnline();
    const isBack = online && !this.#wasOnline;
    this.#wasOnline = online;
    if (isBack) this.deps.onOnline();
  }
}
