/** Ms of the past that count for the speed. */
const windowMs = 8000;
/** Ms between two samples. */
const sampleMs = 500;
/** Shortest time (ms) that gives a speed. */
const leastMs = 1000;

/** Speed of a transfer over the last seconds. Times are monotonic. */
export class RateMeter {
  #samples: { readonly at: number; readonly bytes: number }[] = [];

  /** `bytes` = all that have arrived so far. */
  note(at: number, bytes: number): void {
    const last = this.#samples.at(-1);
    if (last !== undefined && at - last.at < sampleMs) return;
    this.#samples = [...this.#samples.filter((one) => at - one.at <= windowMs), { at, bytes }];
  }

  /** A pause or a sleep is no slowness. */
  reset(): void {
    this.#samples = [];
  }

  /** Bytes per second; null while unknown. */
  rate(now: number, bytes: number): number | null {
    const first = this.#samples.find(({ at }) => now - at <= windowMs);
    if (first === undefined || now - first.at < leastMs) return null;
    return ((bytes - first.bytes) / (now - first.at)) * 1000;
  }
}
