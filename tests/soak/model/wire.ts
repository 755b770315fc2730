import type { SoakTime } from '../soak-time.js';

/**
 * The bytes between Perch and a node. A wire that is cut loses nothing at once: both ends go on sending, and what they
 * sent arrives when it is whole again, as TCP does it, unless one of them has reset the connection by then.
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

  /** Whether anything is still to arrive. */
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

  /** It is whole again. */
  flush(): void {
    if (this.#isCut() || this.#isReset) return;
    for (const arrive of this.#held.splice(0)) arrive();
  }

  /** What has not arrived is gone. */
  reset(): void {
    this.#isReset = true;
    this.#held.length = 0;
  }
}
