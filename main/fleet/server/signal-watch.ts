import type { PowerSignal, PowerState, Server } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { deadline, follow, given, giveUp, lost, sent, type PendingSignal } from './pending.js';

export interface SignalWatchDeps {
  clock: Clock;
  /** Whether a socket tells at once, or polls do, late. */
  isLive(): boolean;
  /** The server's name, fit for a sentence. */
  name(): string;
  /** What the row says of it. */
  show(pending: Server['pending']): void;
  /** The time is over; `problem` null where nothing went wrong. */
  gaveUp(problem: Problem | null): void;
}

/** An answer usually comes within a blink: only one that takes longer is worth a word. */
const lateMs = 1500;

/** Our own power signal to one server, from the click until reality confirms it or the time is over. */
export class SignalWatch {
  readonly #deps: SignalWatchDeps;
  readonly #alarm: Alarm;
  readonly #late: Alarm;
  #pending: PendingSignal | null = null;

  constructor(deps: SignalWatchDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
    this.#late = new Alarm(deps.clock);
  }

  get signal(): PowerSignal | null {
    return this.#pending?.signal ?? null;
  }

  /** It may have been carried out, and nothing was seen that shows it. */
  get isLost(): boolean {
    return this.#pending?.answer === 'lost';
  }

  sent(signal: PowerSignal, power: PowerState | null): void {
    const pending = sent(signal, power, this.#deps.clock.now());
    this.#take(pending);
    this.#deps.show({ signal, since: pending.since });
    this.#late.set(lateMs, () => this.#deps.show({ signal, since: pending.since, doubt: 'unanswered' }));
  }

  /** Node or panel have it. */
  given(signal: PowerSignal): void {
    const pending = this.#pending;
    if (pending?.signal !== signal || pending.answer !== 'awaited') return;
    this.#take(given(pending, this.#deps.clock.now()));
    this.#deps.show({ signal, since: pending.since });
  }

  /** Nobody will tell whether they have it. False where it is not waited for: reality has shown it, say. */
  lost(signal: PowerSignal): boolean {
    const pending = this.#pending;
    if (pending?.signal !== signal || pending.answer === 'given') return false;
    this.#take(lost(pending));
    this.#deps.show({ signal, since: pending.since, doubt: 'lost' });
    return true;
  }

  /** True when this state ends the waiting. */
  see(power: PowerState, uptimeMs: number | null): boolean {
    if (this.#pending === null) return false;
    const next = follow(this.#pending, { power, at: this.#deps.clock.now(), uptimeMs });
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

  /** The time limit depends on whether the link is live: to be called when that changes. */
  rearm(): void {
    const pending = this.#pending;
    if (pending === null) return this.#alarm.clear();
    const { clock, isLive } = this.#deps;
    this.#alarm.set(Math.max(0, deadline(pending, isLive()) - clock.now()), () => this.#due(pending));
  }

  #take(pending: PendingSignal): void {
    this.#pending = pending;
    this.#late.clear();
    this.rearm();
  }

  #due(pending: PendingSignal): void {
    this.drop();
    const { clock, isLive, name, gaveUp } = this.#deps;
    gaveUp(giveUp(pending, name(), { now: clock.now(), isLive: isLive() }));
  }
}
