import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';

/** Least ms between two looks. */
const lookEveryMs = 1000;
/** A look that comes this much later than planned in ms: the computer slept, or stood still. */
const lateMs = 2000;

/** The next look at all servers: at the earliest time that anybody wants, but not more often than every second. */
export class NextCheck {
  readonly #alarm: Alarm;
  #at = Infinity;
  #lookedAt = -Infinity;
  #isStopped = false;

  /** `look` gets the time at which it was called, and whether the computer slept before. */
  constructor(
    private readonly clock: Clock,
    private readonly look: (now: number, hasSlept: boolean) => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  /** False before the first look. */
  get hasLooked(): boolean {
    return this.#lookedAt !== -Infinity;
  }

  soon(): void {
    this.by(this.clock.now());
  }

  /** Looks at this time, or earlier if that is planned. */
  by(at: number): void {
    const wanted = Math.max(at, this.#lookedAt + lookEveryMs);
    if (wanted >= this.#at || this.#isStopped) return;
    this.#at = wanted;
    this.#alarm.set(wanted - this.clock.now(), () => {
      this.#at = Infinity;
      this.#lookedAt = this.clock.now();
      this.look(this.#lookedAt, this.#lookedAt - wanted > lateMs);
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#alarm.clear();
  }
}
