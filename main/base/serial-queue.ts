/** Runs what it is given one after the other, in the order in which it came, also after one that failed. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when what was given so far is over, whatever came of it. Never rejects. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
