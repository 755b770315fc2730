import type { Problem } from '../../../bridge/errors.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/** Ms for which the outcome of an action stays on the row, unless something happens before. */
const actionMs = 60_000;

/** The failed part: a poll, an action such as a signal, or the sending of commands. */
type Source = 'poll' | 'action' | 'commands';

/**
 * The one problem on a server's row.
 * Only a success of the same kind removes it: a successful poll says nothing about a refused action, and a completed
 * stop says nothing about earlier commands.
 */
export class RowProblem {
  readonly #alarm: Alarm;
  #from: Source | null = null;

  constructor(
    clock: Clock,
    private readonly show: (problem: Problem | null) => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  /** Shows a problem for `forMs`; null = until solved. A failed poll never replaces another problem. */
  say(from: Source, problem: Problem, forMs: number | null = actionMs): void {
    if (from === 'poll' && this.#from !== null && this.#from !== 'poll') return;
    this.#from = from;
    this.show(problem);
    if (from === 'poll' || forMs === null) return this.#alarm.clear();
    this.#alarm.set(forMs, () => this.clear());
  }

  solved(what: 'poll' | 'action'): void {
    if (this.#from === what) this.clear();
  }

  clear(): void {
    this.#from = null;
    this.#alarm.clear();
    this.show(null);
  }

  stop(): void {
    this.#alarm.clear();
  }
}
