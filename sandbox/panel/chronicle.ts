import type { Deed, State } from '../wings/api.js';

/** Something that really happened; `at` is the system's time, `by` a username. */
export type Happening =
  | { at: number; kind: 'state'; server: string; state: State }
  /** Somebody asked a node for something, and it was done. */
  | ({ at: number; kind: 'deed'; server: string } & Deed)
  /** A call was refused because of the limit of its user, or of tokens for one server. */
  | { at: number; kind: 'refused'; by: string; server: string | null }
  /** Somebody came with a key that this panel never gave out. */
  | { at: number; kind: 'unknown-key' };

/** The part that whoever tells of it knows. */
export type News = Happening extends infer Each ? (Each extends Happening ? Omit<Each, 'at'> : never) : never;

/** Nobody reads what happens in the demo. */
const mostKept = 5000;

/** What really happened, for tests that compare it with what a client says. */
export class Chronicle {
  readonly #now: () => number;
  #happenings: Happening[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** `at` = when it happened, where that is not now. */
  note(news: News, at = this.#now()): void {
    this.#happenings.push({ at, ...news });
    if (this.#happenings.length > mostKept) this.#happenings.shift();
  }

  /** Everything since it was asked the last time. */
  read(): Happening[] {
    return this.#happenings.splice(0);
  }
}
