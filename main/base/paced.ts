import type { Clock } from './ports.js';
import { Alarm } from './alarm.js';

/** Passes values on at most once per `everyMs`; of those that come faster only the newest is passed on, late. */
export class Paced<T> {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #pass: (value: T) => void;
  readonly #alarm: Alarm;
  #waiting: { value: T } | null = null;
  #passedAt = -Infinity;

  constructor(clock: Clock, everyMs: number, pass: (value: T) => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#pass = pass;
    this.#alarm = new Alarm(clock);
  }

  push(value: T): void {
    this.#waiting = { value };
    if (this.#alarm.isSet) return;
    // A clock that was set back must not make it wait for the old time.
    const wait = Math.min(this.#everyMs, this.#passedAt + this.#everyMs - this.#clock.now());
    if (wait <= 0) this.#flush();
    else this.#alarm.set(wait, () => this.#flush());
  }

  /** Forgets what has not been passed on. */
  drop(): void {
    this.#alarm.clear();
    this.#waiting = null;
  }

  #flush(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#waiting = null;
    this.#passedAt = this.#clock.now();
    this.#pass(waiting.value);
  }
}
