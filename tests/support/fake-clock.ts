import type { Clock } from '../../main/base/ports.js';

/** Limit of timers per `advance`: code whose timers set each other endlessly fails instead of hanging. */
const mostTimers = 20_000;

interface Timer {
  readonly id: number;
  readonly at: number;
  readonly run: () => void;
}

/** Clock that moves only on command; timers run in order of their due time. */
export class FakeClock implements Clock {
  #now: number;
  /** Offset of the wall clock, in ms. */
  #ahead = 0;
  #next = 0;
  /** In the order in which they were set. */
  readonly #timers = new Map<number, Timer>();

  constructor(now = 1_700_000_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  wall(): number {
    return this.#now + this.#ahead;
  }

  after(ms: number, run: () => void): () => void {
    const id = this.#next++;
    this.#timers.set(id, { id, at: this.#now + Math.max(0, ms), run });
    return () => void this.#timers.delete(id);
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** Computer sleeps: time passes without running timers. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Moves the wall clock by `ms` (may be negative) without passing monotonic time. */
  jump(ms: number): void {
    this.#ahead += ms;
  }

  /** Sets the wall clock to this time. */
  setWall(at: number): void {
    this.#ahead = at - this.#now;
  }

  /** Advances by `ms`, runs due timers, and settles promises after each timer. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let ran = 0; ; ran++) {
      const due = this.#due(end);
      if (due === undefined) break;
      if (ran === mostTimers) throw new Error(`More than ${mostTimers} timers ran within ${ms} ms.`);
      this.#timers.delete(due.id);
      // Timers that fell due during sleep run after waking, not in the past.
      this.#now = Math.max(this.#now, due.at);
      due.run();
      await settle();
    }
    this.#now = end;
    await settle();
  }

  /** The timer that falls due first, until `end`; of several at one time the first that was set. */
  #due(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (timer.at <= end && (first === undefined || timer.at < first.at)) first = timer;
    }
    return first;
  }
}

/** Runs the continuations of all settled promises. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
