import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/** Each session first asks the panel for a token, so one after the other spares the panel. */
const staggerMs = 150;

/** Opens sessions one by one, in the order in which they were asked for. */
export class SessionOpener {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  #waiting: readonly { open(): void }[] = [];
  #openedAt = -Infinity;
  #isPaused = true;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock);
  }

  /** Replaces what was still waiting. */
  open(sessions: readonly { open(): void }[]): void {
    this.#waiting = sessions;
    this.#next();
  }

  pause(): void {
    this.#isPaused = true;
    this.#alarm.clear();
  }

  resume(): void {
    this.#isPaused = false;
    this.#next();
  }

  stop(): void {
    this.#waiting = [];
    this.#alarm.clear();
  }

  #next(): void {
    const [first, ...rest] = this.#waiting;
    if (first === undefined || this.#isPaused) return this.#alarm.clear();
    this.#alarm.set(Math.max(0, this.#openedAt + staggerMs - this.#clock.now()), () => {
      this.#waiting = rest;
      this.#openedAt = this.#clock.now();
      first.open();
      this.#next();
    });
  }
}
