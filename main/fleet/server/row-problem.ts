import type { Problem } from '../../../bridge/errors.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';

/** The outcome of an action stays on the row this long, unless something happens before. */
const actionMs = 60_000;

/** What failed: a poll, a signal or whatever else a state of the server answers, or the sending of commands. */
type Source = 'poll' | 'action' | 'commands';

/**
 * The one problem that a server's row shows. It remembers which question failed, because only an answer to the same
 * one takes it away: a poll that succeeds says nothing about an action that was refused, and a stop that is carried out
 * nothing about the commands before it.
 */
export class RowProblem {
  readonly #show: (problem: Problem | null) => void;
  readonly #alarm: Alarm;
  #from: Source | null = null;

  constructor(clock: Clock, show: (problem: Problem | null) => void) {
    this.#show = show;
    this.#alarm = new Alarm(clock);
  }

  /**
   * The person is waiting for the refused action, so a failed poll does not take its place. Without `forMs` what was
   * done stays until it is solved.
   */
  say(from: Source, problem: Problem, forMs: number | null = actionMs): void {
    if (from === 'poll' && this.#from !== null && this.#from !== 'poll') return;
    this.#from = from;
    this.#show(problem);
    if (from === 'poll' || forMs === null) return this.#alarm.clear();
    this.#alarm.set(forMs, () => this.clear());
  }

  solved(what: 'poll' | 'action'): void {
    if (this.#from === what) this.clear();
  }

  clear(): void {
    this.#from = null;
    this.#alarm.clear();
    this.#show(null);
  }

  stop(): void {
    this.#alarm.clear();
  }
}
