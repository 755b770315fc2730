/**
 * Functions that end listeners and timers, to be called together.
 *
 * `DisposableStack` does the same, but Node 20 does not have it.
 */
export class Disposables {
  readonly #disposers: (() => void)[] = [];

  add(...disposers: readonly (() => void)[]): void {
    this.#disposers.push(...disposers);
  }

  /** Calls each function once, the latest first. A second call does nothing. */
  readonly dispose = (): void => {
    for (let dispose = this.#disposers.pop(); dispose !== undefined; dispose = this.#disposers.pop())
      dispose();
  };
}
