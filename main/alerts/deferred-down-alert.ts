/**
 * Servers that stay down of which nothing was told, because the same was told less than a minute before: what is still so
 * a minute later is told after all.
 */
import type { Clock } from '../base/ports.js';

const heldMs = 60_000;

export class HeldDown {
  readonly #clock: Clock;
  /** By entry; each ends its waiting. */
  readonly #waiting = new Map<string, () => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  hold(eventId: string, due: () => void): void {
    this.drop(eventId);
    const end = this.#clock.after(heldMs, () => {
      this.#waiting.delete(eventId);
      due();
    });
    this.#waiting.set(eventId, end);
  }

  /** It runs again, or is gone. */
  drop(eventId: string): void {
    this.#waiting.get(eventId)?.();
    this.#waiting.delete(eventId);
  }

  stop(): void {
    for (const end of this.#waiting.values()) end();
    this.#waiting.clear();
  }
}
