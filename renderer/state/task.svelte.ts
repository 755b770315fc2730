/** Work of a window that can fail, such as one call to main: whether it is in progress, and why it failed last. */
import { toProblem, type Problem } from '../../bridge/errors.js';

export class Task {
  /** Why the last work failed; null if it did not, and while nothing has been tried. */
  problem = $state.raw<Problem | null>(null);
  #running = $state(0);
  #round = 0;

  get isRunning(): boolean {
    return this.#running > 0;
  }

  /**
   * Clears the problem, then works. Never rejects: resolves with the result, or with null if the work failed or was
   * given up meanwhile. Does not wait for earlier work, so ask `isRunning` first where only one may be in progress.
   * `use` takes the result while the work still counts as running, for effects that begin the next work.
   */
  async run<T>(work: () => Promise<T>, use?: (value: T) => void): Promise<{ readonly value: T } | null> {
    const round = this.#round;
    this.problem = null;
    this.#running += 1;
    try {
      const value = await work();
      if (round !== this.#round) return null;
      use?.(value);
      return { value };
    } catch (error) {
      if (round === this.#round) this.problem = toProblem(error);
      return null;
    } finally {
      if (round === this.#round) this.#running -= 1;
    }
  }

  /** Gives up: the work in progress continues, but its result and its failure no longer count. */
  forget(): void {
    this.#round += 1;
    this.#running = 0;
    this.problem = null;
  }
}
