import { MonotonicClock } from '../../main/base/clock.js';
import type { Clock } from '../../main/base/ports.js';
import { TimerHeap } from './timer-heap.js';

/** Where every history begins. */
const beginning = 1_800_000_000_000;

/**
 * True time, which the servers live by, and the time of the computer that Perch runs on: that one sleeps, and its clock
 * can be set. All numbers are milliseconds since the history began, but for the wall clock.
 */
export class SoakTime {
  readonly clock: Clock;
  readonly #world = new TimerHeap();
  readonly #perch = new TimerHeap();
  #now = 0;
  #slept = 0;
  #shift = 0;
  #isAsleep = false;

  /** `countsSleep`: whether the counter and the timers of this computer go on while it sleeps; systems differ. */
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

  /** True time without what was slept: as much of it as somebody could look at Perch. */
  get awake(): number {
    return this.#now - this.#slept;
  }

  get isAsleep(): boolean {
    return this.#isAsleep;
  }

  /** What the computer's clock shows. */
  get wall(): number {
    return beginning + this.#now + this.#shift;
  }

  /** What a clock shows that is right. */
  get trueWall(): number {
    return beginning + this.#now;
  }

  /** Timers that Perch has set. */
  get pending(): number {
    return this.#perch.pending;
  }

  /** A timer of the world. */
  after(ms: number, run: () => void): () => void {
    return this.#world.add(this.#now + Math.max(0, ms), run);
  }

  /** Somebody sets the computer's clock. */
  setClock(byMs: number): void {
    this.#shift += byMs;
  }

  /** The world goes on and Perch does not. */
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

  /** Goes on to this time, and lets promises settle after each timer. */
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

/** Lets everything run that waits for nothing but its turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
