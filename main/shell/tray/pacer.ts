import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../base/ports.js';

/**
 * Hands values on only when they differ from the last one, and not more often than every `everyMs()`; the newest is
 * never lost. Desktops rebuild, and close, a menu with each update (PLATFORM, "Tray"), so it can also be held back
 * while it is open.
 */
export class Pacer<T> {
  readonly #clock: Clock;
  readonly #everyMs: () => number;
  readonly #apply: (value: T) => void;
  #applied: { value: T; at: number } | null = null;
  #waiting: { value: T } | null = null;
  #held = false;
  #cancel: (() => void) | null = null;

  constructor(clock: Clock, everyMs: () => number, apply: (value: T) => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#apply = apply;
  }

  offer(value: T): void {
    const same = this.#applied !== null && isDeepStrictEqual(this.#applied.value, value);
    this.#waiting = same ? null : { value };
    this.#proceed();
  }

  /** Holds everything back until it is called with false. */
  hold(held: boolean): void {
    this.#held = held;
    this.#proceed();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#waiting = null;
  }

  #proceed(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#waiting === null || this.#held) return;
    const now = this.#clock.now();
    const wait = this.#applied === null ? 0 : this.#applied.at + this.#everyMs() - now;
    if (wait > 0) {
      this.#cancel = this.#clock.after(wait, () => this.#proceed());
      return;
    }
    const { value } = this.#waiting;
    this.#waiting = null;
    this.#applied = { value, at: now };
    this.#apply(value);
  }
}
