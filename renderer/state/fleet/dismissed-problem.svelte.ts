/**
 * The problem of a server whose outcome is unknown, dismissed by the user. Main sends a problem again with each reading
 * of the server's list, so problems are compared by content. A new signal or the end of the problem shows the next one.
 */
import type { Problem } from '../../../bridge/errors.js';
import type { Server } from '../../../bridge/schema/domain.js';

export class DismissedProblem {
  #content = $state.raw<string | null>(null);

  dismiss(problem: Problem): void {
    this.#content = JSON.stringify(problem);
  }

  /** The problem to show; null = none, or dismissed. */
  shown({ problem }: Pick<Server, 'problem'>): Problem | null {
    return problem !== null && JSON.stringify(problem) === this.#content ? null : problem;
  }

  /** Call with each state of the server. */
  follow({ problem, pending }: Pick<Server, 'problem' | 'pending'>): void {
    const isNewSignal = pending !== null && pending.doubt === undefined;
    if (problem === null || isNewSignal) this.#content = null;
  }
}
