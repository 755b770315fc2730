/** Passes a number of lines per period and discards the rest, with one notice per episode (PROTOCOL 4.12). */
export class FloodGate {
  #began = -Infinity;
  #count = 0;
  #closed = false;

  constructor(
    private readonly limit: number,
    private readonly periodMs: number,
    private readonly now: () => number,
  ) {}

  /** `notice` = discard this line and report it; `discard` = reported already. */
  judge(): 'pass' | 'notice' | 'discard' {
    const now = this.now();
    if (now - this.#began >= this.periodMs) {
      this.#began = now;
      this.#count = 0;
    }
    if (this.#count >= this.limit) {
      if (this.#closed) return 'discard';
      this.#closed = true;
      return 'notice';
    }
    this.#count += 1;
    this.#closed = false;
    return 'pass';
  }
}
