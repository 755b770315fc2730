/** Times of the calls within the last minute, in order. The panel's limits count per minute (PROTOCOL 3.4). */
const minuteMs = 60_000;

export class CallLog {
  #times: number[] = [];

  add(now: number): void {
    this.#forget(now);
    this.#times.push(now);
  }

  /** Number of calls in the minute before `now`. */
  count(now: number): number {
    this.#forget(now);
    return this.#times.length;
  }

  /**
   * Earliest time at which the preceding minute has fewer than `most` calls; a past time means that a call may be sent
   * now.
   */
  fewerThan(most: number): number {
    const last = this.#times[this.#times.length - Math.max(1, most)];
    return last === undefined ? -Infinity : last + minuteMs;
  }

  #forget(now: number): void {
    const first = this.#times.findIndex((time) => time > now - minuteMs);
    if (first !== 0) this.#times = first === -1 ? [] : this.#times.slice(first);
  }
}
