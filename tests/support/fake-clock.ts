import type { Clock } from '../../main/base/ports.js';

/** More timers than any test needs in one go: code whose timers set one another without end fails instead of hanging. */
const mostTimers = 20_000;

/** A clock that moves only when told to; timers run in order of their time. */
export class FakeClock implements Clock {
  #now: number;
  /** By how much the system's clock is ahead. */
  #ahead = 0;
  #next = 0;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

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
    this.#timers.set(id, { at: this.#now + Math.max(0, ms), run });
    return () => void this.#timers.delete(id);
  }

  get pending(): number {
    return this.#timers.size;
  }

  /** The computer slept: time has passed, and no timer has run yet. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Somebody moved the system's clock, forward or back: no time has passed. */
  jump(ms: number): void {
    this.#ahead += ms;
  }

  /** The same, to this time. */
  setWall(at: number): void {
    this.#ahead = at - this.#now;
  }

  /** Moves on by `ms`, running what falls due on the way, and lets promises settle after each timer. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (let ran = 0; ; ran++) {
      const due = [...this.#timers]
        .filter(([, timer]) => timer.at <= end)
        .sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
      if (due === undefined) break;
      if (ran === mostTimers) throw new Error(`More than ${mostTimers} timers ran within ${ms} ms.`);
      this.#timers.delete(due[0]);
      // What fell due while the computer slept runs after it, not in the past.
      this.#now = Math.max(this.#now, due[1].at);
      due[1].run();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets every promise that is ready run its continuations. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
