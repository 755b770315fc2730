/** Times of calls within the last minute, in order: the panel's limits count by the minute (PROTOCOL 3.4). */
const minuteMs = 60_000;

export class CallLog {
  #times: number[] = [];

  add(now: number): void {
    this.#forget(now);
    this.#times.push(now);
  }

  /** How many there were in the minute up to now. */
  count(now: number): number {
    this.#forget(now);
    return this.#times.length;
  }

  /** From when on there are fewer than `most` within a minute; the past where there are. */
  fewerThan(most: number): number {
    const last = this.#times[this.#times.length - Math.max(1, most)];
    return last === undefined ? -Infinity : last + minuteMs;
  }

  #forget(now: number): void {
    const first = this.#times.findIndex((time) => time > now - minuteMs);
    if (first !== 0) this.#times = first === -1 ? [] : this.#times.slice(first);
  }
}
