/**
 * Functions that end listeners, timers and the like, to be called together.
 *
 * `DisposableStack` does the same, but Node 20 does not have it.
 */
export class Ends {
  readonly #ends: (() => void)[] = [];

  add(...ends: readonly (() => void)[]): void {
    this.#ends.push(...ends);
  }

  /** Calls each function once, the latest first. A second call does nothing. */
  readonly end = (): void => {
    for (let end = this.#ends.pop(); end !== undefined; end = this.#ends.pop()) end();
  };
}
