import type { Problem } from '../../bridge/errors.js';
import type { Clock } from '../ports.js';
import { Alarm } from './alarm.js';

/** What came of an action stays on the row this long, unless something happens before. */
const actionMs = 60_000;

/**
 * The one problem that a server's row shows. It remembers which question failed, because only an answer to the same
 * one takes it away: a poll that succeeds says nothing about an action that was refused.
 */
export class RowProblem {
  readonly #show: (problem: Problem | null) => void;
  readonly #alarm: Alarm;
  #from: 'poll' | 'action' | null = null;

  constructor(clock: Clock, show: (problem: Problem | null) => void) {
    this.#show = show;
    this.#alarm = new Alarm(clock);
  }

  /** A refused action is what the person waits for, so a failed poll does not take its place. */
  say(from: 'poll' | 'action', problem: Problem): void {
    if (from === 'poll' && this.#from === 'action') return;
    this.#from = from;
    this.#show(problem);
    if (from === 'action') this.#alarm.set(actionMs, () => this.solved('action'));
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
