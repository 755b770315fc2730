/**
 * A part of a window whose code loads after the first picture, so that the picture appears sooner. A window loads such
 * parts while idle; a user who is faster waits for a moment.
 */
export class Late<T> {
  #part = $state.raw<T | null>(null);
  /** Counts failures, so that readers of `part` run again. */
  #failures = $state(0);
  #failure: { readonly error: unknown } | null = null;
  #isReading = false;

  constructor(private readonly read: () => Promise<{ readonly default: T }>) {}

  /**
   * The part; null while it loads.
   * Throws a load error once, for the error boundary around it; reading `part` again retries.
   */
  get part(): T | null {
    if (this.#part !== null) return this.#part;
    // Reading the signal makes the caller's effect run again after a failure.
    void this.#failures;
    const failure = this.#failure;
    this.#failure = null;
    if (failure !== null) throw failure.error;
    this.load();
    return null;
  }

  load(): void {
    if (this.#part !== null || this.#isReading) return;
    this.#isReading = true;
    void this.#settle();
  }

  async #settle(): Promise<void> {
    try {
      this.#part = (await this.read()).default;
    } catch (error) {
      this.#failure = { error };
      this.#failures += 1;
    } finally {
      this.#isReading = false;
    }
  }
}
