/** What follows figures, which change all the time, is worked out anew every other second, all of it at once. */
const turnMs = 2000;

export class Pace {
  #turn = $state(0);

  /** Counts up; whoever reads it is worked out anew with the next turn. */
  get turn(): number {
    return this.#turn;
  }

  next(): void {
    this.#turn += 1;
  }

  /** Returns the function that ends it. */
  start(): () => void {
    const timer = setInterval(() => this.next(), turnMs);
    return () => clearInterval(timer);
  }
}
