/**
 * Servers that join others of their node in one notification: it is shown anew once no more of them come, so that a node
 * that takes two hundred servers along one after the other is no stream of notifications.
 */
import type { Clock } from '../base/ports.js';
import type { Many } from './many.js';

const quietMs = 5000;
/** A server waits for others no longer than this. */
const longestMs = 15_000;

interface Waiting {
  readonly since: number;
  cancel(): void;
}

export class Joining {
  readonly #clock: Clock;
  readonly #tell: (many: Many) => void;
  readonly #waiting = new Map<Many, Waiting>();

  constructor(clock: Clock, tell: (many: Many) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  /** More servers are a part of it than its notification says. */
  add(many: Many): void {
    const now = this.#clock.now();
    const before = this.#waiting.get(many);
    before?.cancel();
    const since = before?.since ?? now;
    const cancel = this.#clock.after(Math.min(quietMs, since + longestMs - now), () => this.flush(many));
    this.#waiting.set(many, { since, cancel });
  }

  /** Tells at once what waits. */
  flush(many: Many): void {
    if (!this.#waiting.has(many)) return;
    this.drop(many);
    this.#tell(many);
  }

  drop(many: Many): void {
    this.#waiting.get(many)?.cancel();
    this.#waiting.delete(many);
  }

  stop(): void {
    for (const { cancel } of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}
