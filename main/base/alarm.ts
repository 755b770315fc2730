import type { Clock } from './ports.js';

/** A single timer. Setting it again replaces the earlier setting. */
export class Alarm {
  #cancel: (() => void) | null = null;

  constructor(private readonly clock: Clock) {}

  get isSet(): boolean {
    return this.#cancel !== null;
  }

  set(ms: number, ring: () => void): void {
    this.#cancel?.();
    this.#cancel = this.clock.after(ms, () => {
      this.#cancel = null;
      ring();
    });
  }

  /** Rings after each period of `ms`, until the alarm is cleared or set. */
  every(ms: number, ring: () => void): void {
    const ringAgain = (): void => {
      this.set(ms, ringAgain);
      ring();
    };
    this.set(ms, ringAgain);
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
