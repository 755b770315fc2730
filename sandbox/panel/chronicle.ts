import type { Activity, State } from '../wings/api.js';

/** Fact of the sandbox; `at` is wall-clock time, `by` a username. */
export type Happening =
  | { at: number; kind: 'state'; server: string; state: State }
  /** A node carried out a signal or command of a user. */
  | ({ at: number; kind: 'activity'; server: string } & Activity)
  /** A call was refused by the limit of its user, or of tokens for one server. */
  | { at: number; kind: 'refused'; by: string; server: string | null }
  /** A request came with a key that this panel never issued. */
  | { at: number; kind: 'unknown-key' };

/** A fact without its time. */
export type News = Happening extends infer Each ? (Each extends Happening ? Omit<Each, 'at'> : never) : never;

/** Limit, because nobody reads the facts in the demo. */
const mostKept = 5000;

/** Facts of the sandbox, for tests that compare them with the view of a client. */
export class Chronicle {
  #happenings: Happening[] = [];

  constructor(private readonly now: () => number) {}

  /** `at` = time of the fact, now by default. */
  note(news: News, at = this.now()): void {
    this.#happenings.push({ at, ...news });
    if (this.#happenings.length > mostKept) this.#happenings.shift();
  }

  /** Facts since the last call. */
  read(): Happening[] {
    return this.#happenings.splice(0);
  }
}
