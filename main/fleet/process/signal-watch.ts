import type { PowerSignal, PowerState, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { afterSighting, deadline, given, giveUp, lost, sent, type PendingSignal } from './pending.js';
import { lateAnswerMs } from './limits.js';

/** The row that shows the pending signal. */
export interface SignalRow {
  /** True if a live socket reports at once; polls report late. */
  readonly isLive: boolean;
  /** The server's name, cleaned for use in a message. */
  readonly name: string;
  patch(fields: Pick<Server, 'pending'>): void;
}

/**
 * One power signal of the user to one server, from the click until the state confirms it or the time is over.
 * The rules are in `pending.ts`. Not a part of the story: concerns the row of one account after a click. The
 * story reads from `sent-signals.ts` which signal excuses an end, whether the row still shows that signal or not.
 */
export class SignalWatch {
  readonly #alarm: Alarm;
  readonly #late: Alarm;
  #pending: PendingSignal | null = null;

  /** `gaveUp` runs when the time is over; its problem is null if nothing went wrong. */
  constructor(
    private readonly clock: Clock,
    private readonly row: SignalRow,
    private readonly gaveUp: (problem: Problem | null) => void,
  ) {
    this.#alarm = new Alarm(clock);
    this.#late = new Alarm(clock);
  }

  get signal(): PowerSignal | null {
    return this.#pending?.signal ?? null;
  }

  /** True if the signal may have been carried out without visible effect yet. */
  get isLost(): boolean {
    return this.#pending?.answer === 'lost';
  }

  sent(signal: PowerSignal, power: PowerState | null): void {
    const pending = sent(signal, power, this.clock.now());
    this.#take(pending);
    this.row.patch({ pending: { signal, since: pending.since } });
    this.#late.set(lateAnswerMs, () =>
      this.row.patch({ pending: { signal, since: pending.since, doubt: 'unanswered' } }),
    );
  }

  /** Node or panel confirmed the signal. */
  given(signal: PowerSignal): void {
    const pending = this.#pending;
    if (pending?.signal !== signal || pending.answer !== 'awaited') return;
    this.#take(given(pending, this.clock.now()));
    this.row.patch({ pending: { signal, since: pending.since } });
  }

  /**
   * No answer will come. Returns false if the signal is not pending, for example because a state already confirmed
   * it.
   */
  lost(signal: PowerSignal): boolean {
    const pending = this.#pending;
    if (pending?.signal !== signal || pending.answer === 'given') return false;
    this.#take(lost(pending));
    this.row.patch({ pending: { signal, since: pending.since, doubt: 'lost' } });
    return true;
  }

  /** Returns true if this state completes the signal. */
  see(power: PowerState, uptimeMs: number | null): boolean {
    if (this.#pending === null) return false;
    const next = afterSighting(this.#pending, { power, at: this.clock.now(), uptimeMs });
    if (next === null) {
      this.drop();
      return true;
    }
    this.#pending = next;
    this.rearm();
    return false;
  }

  drop(): void {
    this.#pending = null;
    this.#alarm.clear();
    this.#late.clear();
  }

  /** Sets the time limit again. Call when the link changes, because the limit depends on it. */
  rearm(): void {
    const pending = this.#pending;
    if (pending === null) return this.#alarm.clear();
    const left = deadline(pending, this.row.isLive) - this.clock.now();
    this.#alarm.set(Math.max(0, left), () => this.#due(pending));
  }

  #take(pending: PendingSignal): void {
    this.#pending = pending;
    this.#late.clear();
    this.rearm();
  }

  #due(pending: PendingSignal): void {
    this.drop();
    const { name, isLive } = this.row;
    this.gaveUp(giveUp(pending, name, { now: this.clock.now(), isLive }));
  }
}
