import type { PowerSignal, PowerState } from '../../../bridge/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { deadline, follow, giveUp, sent, type PendingSignal } from './pending.js';

export interface SignalWatchDeps {
  clock: Clock;
  /** Whether a socket tells at once, or polls do, late. */
  isLive(): boolean;
  /** The server's name, fit for a sentence. */
  name(): string;
  /** The time is over; `problem` null where nothing went wrong. */
  gaveUp(problem: Problem | null): void;
}

/** Our own power signal to one server, from the click until reality confirms it or the time is over. */
export class SignalWatch {
  readonly #deps: SignalWatchDeps;
  readonly #alarm: Alarm;
  #pending: PendingSignal | null = null;

  constructor(deps: SignalWatchDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
  }

  get signal(): PowerSignal | null {
    return this.#pending?.signal ?? null;
  }

  sent(signal: PowerSignal, power: PowerState | null): void {
    this.#pending = sent(signal, power, this.#deps.clock.now());
    this.rearm();
  }

  /** True when this state ends the waiting. */
  see(power: PowerState, uptimeMs: number | null): boolean {
    if (this.#pending === null) return false;
    this.#pending = follow(this.#pending, { power, at: this.#deps.clock.now(), uptimeMs });
    this.rearm();
    return this.#pending === null;
  }

  drop(): void {
    this.#pending = null;
    this.#alarm.clear();
  }

  /** The time limit depends on whether the link is live: to be called when that changes. */
  rearm(): void {
    const pending = this.#pending;
    if (pending === null) return this.#alarm.clear();
    const { clock, isLive } = this.#deps;
    this.#alarm.set(Math.max(0, deadline(pending, isLive()) - clock.now()), () => this.#due(pending));
  }

  #due(pending: PendingSignal): void {
    this.#pending = null;
    const { clock, name, gaveUp } = this.#deps;
    gaveUp(giveUp(pending, name(), clock.now() - pending.since));
  }
}
