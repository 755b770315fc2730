/**
 * Runs one check or download at a time. A newer operation, or the end of Perch, makes the result of an older operation
 * void.
 */
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { UpdateFailure, type UpdateFailureWhy } from './source.js';

/** Timeout in ms: for the whole check at the feed, or between two parts of a download. */
const withinMs = 60_000;

export class Operation {
  readonly #limit: Alarm;
  #turn = 0;

  /** `abandon` ends work that takes too long. */
  constructor(
    clock: Clock,
    private readonly abandon: () => void,
  ) {
    this.#limit = new Alarm(clock);
  }

  /** Makes the current operation void. */
  end(): void {
    this.#limit.clear();
    this.#turn += 1;
  }

  /**
   * The result of `work`; null if the operation became void meanwhile. Rejects with `late` after the timeout. `moves`
   * starts the timeout again, and returns false for a void operation.
   */
  run<T>(late: UpdateFailureWhy, work: (moves: () => boolean) => Promise<T>): Promise<T | null> {
    const turn = this.#turn;
    return new Promise((resolve, reject) => {
      const moves = (): boolean => {
        if (turn !== this.#turn) return false;
        this.#limit.set(withinMs, () => {
          this.abandon();
          reject(new UpdateFailure(late));
        });
        return true;
      };
      const settle = (end: () => void): void => {
        if (turn !== this.#turn) return resolve(null);
        this.#limit.clear();
        end();
      };
      moves();
      work(moves).then(
        (result) => settle(() => resolve(result)),
        (error: unknown) => settle(() => reject(error as Error)),
      );
    });
  }
}
