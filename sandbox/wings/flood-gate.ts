/** Passes a number of lines per period and discards the rest, with one notice per episode (PROTOCOL 4.12). */
export class FloodGate {
  readonly #limit: number;
  readonly #periodMs: number;
  readonly #now: () => number;
  #began = -Infinity;
  #count = 0;
  #closed = false;

  constructor(limit: number, periodMs: number, now: () => number) {
    this.#limit = limit;
    this.#periodMs = periodMs;
    this.#now = now;
  }

  /** `notice` = discard this line and report it; `discard` = reported already. */
  judge(): 'pass' | 'notice' | 'discard' {
    const now = this.#now();
    if (now - this.#began >= this.#periodMs) {
      this.#began = now;
      this.#count = 0;
    }
    if (this.#count >= this.#limit) {
      if (this.#closed) return 'discard';
      this.#closed = true;
      return 'notice';
    }
    this.#count += 1;
    this.#closed = false;
    return 'pass';
  }
}
