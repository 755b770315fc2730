import type { Clock } from '../../base/ports.js';
import type { CallSource, DueCall } from './call-pacer.js';

/** A longer wait is told instead: who sends to servers of several panels goes on with another one meanwhile. */
const longestMs = 10_000;

export interface TurnsDeps {
  clock: Clock;
  /** When the panel has room for one call more of this kind. */
  freeAt(): number;
  /** What is due has changed. */
  changed(): void;
  /** Why none goes out before then. */
  tooEarly(until: number): Error;
}

/**
 * Turns of an action on many servers: a person waits for all of them together, so each call goes out in its turn among all
 * that is asked of the panel, whatever pause the person has set between two servers.
 */
export class Turns implements CallSource {
  readonly #deps: TurnsDeps;
  #waiting: { readonly since: number; readonly begin: () => void }[] = [];

  constructor(deps: TurnsDeps) {
    this.#deps = deps;
  }

  /** Resolves when one call may go out. Rejects at once where that takes longer than anybody should be held up. */
  take(): Promise<void> {
    const { clock, freeAt, changed, tooEarly } = this.#deps;
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

  /** The account ends: nobody is to wait for ever. */
  drop(): void {
    for (const { begin } of this.#waiting.splice(0)) begin();
  }
}
