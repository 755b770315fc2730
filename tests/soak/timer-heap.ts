export interface HeapTimer {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

/** Timers in order of time; equal times in order of creation. Removal only empties the entry. */
export class TimerHeap {
  readonly #timers: HeapTimer[] = [];
  #order = 0;
  #pending = 0;

  /** Number of timers that are still to run. */
  get pending(): number {
    return this.#pending;
  }

  add(at: number, run: () => void): () => void {
    const timer: HeapTimer = { at, order: this.#order++, run };
    this.#timers.push(timer);
    this.#pending += 1;
    this.#rise(this.#timers.length - 1);
    return () => {
      if (timer.run !== null) this.#pending -= 1;
      timer.run = null;
    };
  }

  /** Time of the first timer; Infinity = no timer. */
  get nextAt(): number {
    while (this.#timers[0]?.run === null) this.#removeFirst();
    return this.#timers[0]?.at ?? Infinity;
  }

  /** Removes the first timer and returns it. */
  take(): (() => void) | null {
    if (this.nextAt === Infinity) return null;
    const first = this.#removeFirst();
    const run = first?.run ?? null;
    if (first !== undefined) first.run = null;
    this.#pending -= 1;
    return run;
  }

  #removeFirst(): HeapTimer | undefined {
    const first = this.#timers[0];
    const last = this.#timers.pop();
    if (last !== undefined && this.#timers.length > 0) {
      this.#timers[0] = last;
      this.#sink();
    }
    return first;
  }

  #rise(index: number): void {
    let at = index;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let first = at;
      if (this.#isBefore(left, first)) first = left;
      if (this.#isBefore(right, first)) first = right;
      if (first === at) return;
      this.#swap(at, first);
      at = first;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#timers[a], this.#timers[b]];
    if (one === undefined || other === undefined) return false;
    return one.at < other.at || (one.at === other.at && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#timers[a], this.#timers[b]];
    if (one === undefined || other === undefined) return;
    this.#timers[a] = other;
    this.#timers[b] = one;
  }
}
