/** Interval for reordering by live figures, in ms: all lists change together. */
const turnMs = 2000;

export class Pace {
  #turn = $state(0);

  /** Counter; reading it subscribes to the next turn. */
  get turn(): number {
    return this.#turn;
  }

  next(): void {
    this.#turn += 1;
  }

  /** Returns the function that stops the interval. */
  start(): () => void {
    const timer = setInterval(() => this.next(), turnMs);
    return () => clearInterval(timer);
  }
}
