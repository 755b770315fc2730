import type { Clock } from '../../base/ports.js';
import { isAtOnce, type CallSource, type DueCall, type CallPriority } from '../plan/call-pacer.js';

export interface Opening {
  readonly rank: CallPriority;
  open(): void;
}

/** Opens sessions one by one, in the given order. Each session first requests a token from the panel. */
export class SessionOpener implements CallSource {
  readonly #changed: () => void;
  /** True while token requests are queueing at the panel, so that more would only wait. */
  readonly #isBusy: () => boolean;
  #waiting: readonly Opening[] = [];
  #isPaused = true;

  constructor(
    private readonly clock: Clock,
    { changed, isBusy }: { changed: () => void; isBusy: () => boolean },
  ) {
    this.#changed = changed;
    this.#isBusy = isBusy;
  }

  /** Replaces the waiting sessions. */
  open(sessions: readonly Opening[]): void {
    this.#waiting = sessions;
    this.#changed();
  }

  pause(): void {
    this.#isPaused = true;
    this.#changed();
  }

  resume(): void {
    this.#isPaused = false;
    this.#changed();
  }

  stop(): void {
    this.#waiting = [];
  }

  next(): DueCall | null {
    const [first] = this.#waiting;
    if (first === undefined || this.#isPaused) return null;
    const { rank } = first;
    return this.#isBusy() && !isAtOnce(rank) ? null : { rank, at: this.clock.now() };
  }

  send(): void {
    const [first, ...rest] = this.#waiting;
    this.#waiting = rest;
    first?.open();
  }
}
