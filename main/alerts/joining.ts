/**
 * Delays the update of a node's shared alert until no more servers join. A node that takes two hundred servers down one
 * by one then causes one update instead of a stream of notifications.
 */
import type { Clock } from '../base/ports.js';
import type { Many } from './many.js';

const quietMs = 5000;
/** Longest time in ms for which a joined server waits for the update. */
const longestMs = 15_000;

interface Waiting {
  readonly since: number;
  cancel(): void;
}

export class Joining {
  readonly #waiting = new Map<Many, Waiting>();

  constructor(
    private readonly clock: Clock,
    private readonly tell: (many: Many) => void,
  ) {}

  /** Schedules the update after a server has joined the group. */
  add(many: Many): void {
    const now = this.clock.now();
    const before = this.#waiting.get(many);
    before?.cancel();
    const since = before?.since ?? now;
    const cancel = this.clock.after(Math.min(quietMs, since + longestMs - now), () => this.flush(many));
    this.#waiting.set(many, { since, cancel });
  }

  /** Shows a waiting update at once. */
  flush(many: Many): void {
    if (!this.#waiting.has(many)) return;
    this.drop(many);
    this.tell(many);
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
