/**
 * A part of a window whose code is read behind the first picture, which comes sooner without it. A window reads such
 * parts while it is idle; who is faster than that waits for a moment.
 */
export class Late<T> {
  readonly #read: () => Promise<{ readonly default: T }>;
  #part = $state.raw<T | null>(null);
  /** Counts the failures, so that who waits for the part is told. */
  #failures = $state(0);
  #failure: { readonly error: unknown } | null = null;
  #isReading = false;

  constructor(read: () => Promise<{ readonly default: T }>) {
    this.#read = read;
  }

  /**
   * The part; null while it is on its way. Throws where it can't be read, once, for the boundary around it: who asks
   * again has it read again.
   */
  get part(): T | null {
    if (this.#part !== null) return this.#part;
    // Read for its signal alone.
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
      this.#part = (await this.#read()).default;
    } catch (error) {
      this.#failure = { error };
      this.#failures += 1;
    } finally {
      this.#isReading = false;
    }
  }
}
