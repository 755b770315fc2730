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

  clear(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
