/** Runs tasks one at a time in their order, also after a failed task. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when all tasks so far have ended, with or without success. Never rejects. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
