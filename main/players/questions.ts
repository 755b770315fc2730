/**
 * Asks one game, and drops outcomes that say nothing about the game: this computer lost its network, or slept, during
 * the question.
 */
import type { QueryFailureKind } from '../../bridge/panel/query-protocols.js';
import { QueryFailure } from '../base/query-ports.js';
import type { Clock } from '../base/ports.js';
import type { Query } from '../query/query.js';
import type { QueryAnswer } from '../query/query-answer.js';
import type { Candidate } from './asked-place.js';

export interface QuestionsDeps {
  readonly query: Query;
  readonly clock: Clock;
  /** Whether this computer has a network. Only false is reliable (PLATFORM "Lifecycle"). */
  readonly isOnline: () => boolean;
}

/** A look-up ends after 5 s and a question after 8 s, so the computer slept during a longer one. */
const longestMs = 15_000;

export class Questions {
  /** One for each question under way: a common signal would get more listeners than Node expects. */
  readonly #underWay = new Set<AbortController>();
  /** Number of changes of the network. */
  #changes = 0;

  constructor(private readonly deps: QuestionsDeps) {}

  /** Aborts all questions. */
  stop(): void {
    for (const question of this.#underWay) question.abort();
  }

  /** The computer woke up, or its network changed: the outcomes of the questions under way count for nothing. */
  networkChanged(): void {
    this.#changes += 1;
  }

  /** The places that Perch can ask now. Without a network these are the places on this computer. */
  askable(places: readonly Candidate[]): readonly Candidate[] {
    return this.deps.isOnline() ? places : places.filter(({ mayBeHere }) => mayBeHere === true);
  }

  /** The answer at a place, or the reason of its absence; null if the outcome proves nothing about the game. */
  async ask(place: Candidate): Promise<QueryAnswer | QueryFailureKind | null> {
    const { clock } = this.deps;
    const [changes, began] = [this.#changes, clock.now()];
    const said = await this.#said(place);
    const isLost = changes !== this.#changes || clock.now() - began > longestMs;
    return isLost || this.askable([place]).length === 0 ? null : said;
  }

  async #said({ protocol, ...where }: Candidate): Promise<QueryAnswer | QueryFailureKind> {
    const question = new AbortController();
    this.#underWay.add(question);
    try {
      return await this.deps.query.ask(protocol, where, question.signal);
    } catch (error) {
      // A fault of a parser counts as no answer, too.
      return error instanceof QueryFailure ? error.kind : 'nonsense';
    } finally {
      this.#underWay.delete(question);
    }
  }
}
