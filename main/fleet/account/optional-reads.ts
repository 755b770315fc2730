import type { Clock } from '../../base/ports.js';
import { Lookups, type LookupLimits } from '../plan/lookups.js';

export interface OptionalReadsDeps {
  readonly clock: Clock;
  /** Tells the pacer that a read waits or that none does. */
  readonly changed: () => void;
  /** Lists that may be read in a minute now; `isShown` = for a window. */
  readonly listsInMinute: (isShown: boolean) => number;
}

/** Questions about the past. When all servers of a node fail at once, asking about each of them is useless. */
const questionLimits: LookupLimits = { mostWaiting: 3, mostInMinute: () => 4 };
/** The newest backups and a search after a crash at the same time, and comparisons that somebody looks at. */
const mostLists = 4;
/** Ms without another lookup before the reads of a watch continue. The next read of a search follows at once. */
const giveWayMs = 2000;

/** Reads of one account that Perch can do without. Each resolves with null if the read is dropped. */
export class OptionalReads {
  readonly #lookups: Lookups;
  readonly #shown: Lookups;
  readonly #lists: Lookups;
  readonly #fillers: Lookups;

  constructor({ clock, changed, listsInMinute }: OptionalReadsDeps) {
    this.#lookups = new Lookups(clock, changed, questionLimits);
    const limits = (isShown: boolean): LookupLimits => ({
      mostWaiting: mostLists,
      mostInMinute: () => listsInMinute(isShown),
    });
    this.#shown = new Lookups(clock, changed, limits(true));
    this.#lists = new Lookups(clock, changed, limits(false));
    this.#fillers = new Lookups(clock, changed, {
      mostWaiting: 1,
      mostInMinute: () => Math.ceil(listsInMinute(false) / 2),
      notBefore: () => giveWayMs + Math.max(...this.#hasty.map(({ idleSince }) => idleSince)),
    });
  }

  /** For the pacer, more urgent reads first. */
  get sources(): readonly Lookups[] {
    return [...this.#hasty, this.#fillers];
  }

  get #hasty(): readonly Lookups[] {
    return [this.#lookups, this.#shown, this.#lists];
  }

  lookUp<T>(send: () => Promise<T>): Promise<T | null> {
    return this.#lookups.take(send);
  }

  /** As `lookUp`, for lists that Perch reads for all servers in turn. */
  whenSpare<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null> {
    return this.#lists.take(send, waits);
  }

  /** As `whenSpare`, for lists that a window shows: they keep their part of the calls while other calls wait. */
  whenShown<T>(send: () => Promise<T>): Promise<T | null> {
    return this.#shown.take(send);
  }

  /** As `whenSpare`, for reads without haste: only while nothing else is looked up. */
  whenIdle<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null> {
    return this.#fillers.take(send, waits);
  }

  drop(): void {
    for (const source of this.sources) source.drop();
  }
}
