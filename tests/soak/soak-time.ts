import { MonotonicClock } from '../../main/base/clock.js';
import type { Clock } from '../../main/base/ports.js';
import { TimerHeap } from './timer-heap.js';

/** Wall-clock time at the start of every history, in ms since the epoch. */
const beginning = 1_800_000_000_000;

/**
 * True time, which the servers follow, and the time of the computer that Perch runs on: it can sleep, and its clock can
 * be set. All numbers are ms since the start of the history, except for the wall clock.
 */
export class SoakTime {
  readonly clock: Clock;
  readonly #world = new TimerHeap();
  readonly #perch = new TimerHeap();
  #now = 0;
  #slept = 0;
  #shift = 0;
  #isAsleep = false;

  /** `countsSleep`: whether this computer's monotonic time and timers continue during sleep; systems differ. */
  constructor(readonly countsSleep: boolean) {
    this.clock = new MonotonicClock({
      wall: () => this.wall,
      counter: () => this.#counter,
      sinceBoot: countsSleep ? null : () => this.#now,
      timer: (ms, run) => this.#perch.add(this.#counter + Math.max(0, ms), run),
    });
  }

  get now(): number {
    return this.#now;
  }

  /** True time minus sleep: the time in which a person could look at Perch. */
  get awake(): number {
    return this.#now - this.#slept;
  }

  get isAsleep(): boolean {
    return this.#isAsleep;
  }

  /** Time on the computer's clock. */
  get wall(): number {
    return beginning + this.#now + this.#shift;
  }

  /** Time on a correct clock. */
  get trueWall(): number {
    return beginning + this.#now;
  }

  /** Number of timers that Perch has set. */
  get pending(): number {
    return this.#perch.pending;
  }

  /** Sets a timer of the world. */
  after(ms: number, run: () => void): () => void {
    return this.#world.add(this.#now + Math.max(0, ms), run);
  }

  /** A person sets the computer's clock. */
  setClock(byMs: number): void {
    this.#shift += byMs;
  }

  /** Advances the world while Perch is suspended. */
  sleep(ms: number): void {
    const end = this.#now + ms;
    this.#isAsleep = true;
    while (this.#world.nextAt <= end) {
      this.#now = this.#world.nextAt;
      this.#world.take()?.();
    }
    this.#now = end;
    this.#slept += ms;
    this.#isAsleep = false;
  }

  /** Advances to this time and settles promises after each timer. */
  async runUntil(end: number): Promise<void> {
    await settled();
    for (;;) {
      const [world, perch] = [this.#world.nextAt, this.#perch.nextAt + this.#perchBehind];
      const at = Math.min(world, perch);
      if (at > end) break;
      this.#now = Math.max(this.#now, at);
      (world <= perch ? this.#world : this.#perch).take()?.();
      await settled();
    }
    this.#now = Math.max(this.#now, end);
  }

  get #perchBehind(): number {
    return this.countsSleep ? 0 : this.#slept;
  }

  get #counter(): number {
    return this.#now - this.#perchBehind;
  }
}

/** Runs all pending promise continuations. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
