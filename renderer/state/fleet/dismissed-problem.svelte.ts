/**
 * The problem of a server whose outcome is unknown, dismissed by the user. Main sends a problem again with each reading
 * of the server's list, so problems are compared by content. The end of the problem, or another signal from this
 * window, shows the next problem even if its content is the same.
 */
import type { Problem } from '../../../bridge/errors.js';
import type { Server } from '../../../bridge/schema/domain.js';

export class DismissedProblem {
  #content = $state.raw<string | null>(null);
  #sends = 0;

  dismiss(problem: Problem): void {
    this.#content = JSON.stringify(problem);
  }

  /** The problem to show; null = none, or dismissed. */
  shown({ problem }: Pick<Server, 'problem'>): Problem | null {
    return problem !== null && JSON.stringify(problem) === this.#content ? null : problem;
  }

  /**
   * Call with each state of the server. `sends` = `PowerControl.sends`: a signal that fails at once leaves no state
   * without a problem in between.
   */
  follow({ problem }: Pick<Server, 'problem'>, sends: number): void {
    if (problem === null || sends !== this.#sends) this.#content = null;
    this.#sends = sends;
  }
}
