import type { SoakTime } from '../soak-time.js';

/**
 * TCP connection between Perch and a node. A cut loses nothing at first: both ends keep sending, and their data arrives
 * after the repair, unless one end has reset the connection.
 */
export class Wire {
  readonly #time: SoakTime;
  readonly #latencyMs: number;
  readonly #isCut: () => boolean;
  readonly #held: (() => void)[] = [];
  #isReset = false;

  constructor(time: SoakTime, latencyMs: number, isCut: () => boolean) {
    this.#time = time;
    this.#latencyMs = latencyMs;
    this.#isCut = isCut;
  }

  /** Whether the connection still holds undelivered data. */
  get holds(): boolean {
    return this.#held.length > 0;
  }

  carry(arrive: () => void): void {
    if (this.#isReset) return;
    this.#time.after(this.#latencyMs, () => {
      if (this.#isReset) return;
      if (this.#isCut() || this.holds) this.#held.push(arrive);
      else arrive();
    });
  }

  /** Delivers the waiting data after the connection is repaired. */
  flush(): void {
    if (this.#isCut() || this.#isReset) return;
    for (const arrive of this.#held.splice(0)) arrive();
  }

  /** Resets the connection and drops undelivered data. */
  reset(): void {
    this.#isReset = true;
    this.#held.length = 0;
  }
}
