/** "Stays down" alerts that damping held back. A server that is still down a minute later gets its alert then. */
import type { Clock } from '../base/ports.js';

const heldMs = 60_000;

export class DeferredDownAlert {
  /** Functions that cancel the wait, by event id. */
  readonly #waiting = new Map<string, () => void>();

  constructor(private readonly clock: Clock) {}

  hold(eventId: string, due: () => void): void {
    this.drop(eventId);
    const end = this.clock.after(heldMs, () => {
      this.#waiting.delete(eventId);
      due();
    });
    this.#waiting.set(eventId, end);
  }

  /** Cancels the alert: the server runs again, or is gone. */
  drop(eventId: string): void {
    this.#waiting.get(eventId)?.();
    this.#waiting.delete(eventId);
  }

  stop(): void {
    for (const end of this.#waiting.values()) end();
    this.#waiting.clear();
  }
}
