import type { Clock } from '../../base/ports.js';
import type { CallSource, DueCall } from './call-pacer.js';

/**
 * Longest wait in ms. A longer wait rejects, so that a bulk action on several panels can continue with another panel.
 */
const longestMs = 10_000;

export interface TurnsDeps {
  clock: Clock;
  /** Earliest monotonic time at which the panel has room for one more call. */
  freeAt(): number;
  /** The next due call changed. */
  changed(): void;
  /** The error for a call that would wait until `until`. */
  tooEarly(until: number): Error;
}

/**
 * Turns for the calls of bulk actions.
 * The user waits for the whole action, so each call goes out in its turn among all calls to the panel, whatever delay
 * the user set between servers.
 */
export class Turns implements CallSource {
  #waiting: { readonly since: number; readonly begin: () => void }[] = [];

  constructor(private readonly deps: TurnsDeps) {}

  /** Resolves when one call may go out. Rejects at once if the wait would exceed `longestMs`. */
  take(): Promise<void> {
    const { clock, freeAt, changed, tooEarly } = this.deps;
    const at = freeAt();
    if (at - clock.now() > longestMs) return Promise.reject(tooEarly(at));
    return new Promise((resolve) => {
      this.#waiting.push({ since: clock.now(), begin: resolve });
      changed();
    });
  }

  next(): DueCall | null {
    const [first] = this.#waiting;
    return first === undefined ? null : { rank: 'many', at: first.since };
  }

  send(): void {
    this.#waiting.shift()?.begin();
  }

  /** Lets all waiting calls continue, because the account ends. */
  drop(): void {
    for (const { begin } of this.#waiting.splice(0)) begin();
  }
}
