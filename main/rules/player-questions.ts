/**
 * Questions to games that runs wait for: asked at once, because the next answer of the usual pace may be two minutes
 * away. A question ends with the wait.
 */
import { newProblem, toProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { RuleState } from './rule-state.js';
import type { PlayerAnswer, RuleOrder } from './run-state.js';

type Question = Extract<RuleOrder, { kind: 'ask' }>;

/** Resolves with null if no fresh answer came. Rejects with `PerchError`. */
export type AskPlayers = (
  question: Pick<Question, 'serverId' | 'mayCommand'> & { readonly signal: AbortSignal },
) => Promise<number | null>;

export class PlayerQuestions {
  readonly #asked = new Map<string, { readonly ruleId: string; readonly asking: AbortController }>();

  constructor(private readonly askPlayers: AskPlayers) {}

  /** Resolves with null if nobody waits for the answer. Never rejects. */
  async ask(ruleId: string, { id, serverId, mayCommand }: Question): Promise<PlayerAnswer | null> {
    const asking = new AbortController();
    this.#asked.set(id, { ruleId, asking });
    const answer = await this.askPlayers({ serverId, mayCommand, signal: asking.signal }).then(
      (count): PlayerAnswer => ({ count, problem: count === null ? noAnswer : null }),
      (error: unknown): PlayerAnswer => ({ count: null, problem: toProblem(error) }),
    );
    this.#asked.delete(id);
    return asking.signal.aborted ? null : answer;
  }

  /** Ends the questions of this rule for which no run waits any more. */
  drop({ rule, lanes }: RuleState): void {
    if (this.#asked.size === 0) return;
    const waiting = Object.values(lanes).flatMap(({ run }) =>
      run?.phase === 'paused' ? [`${run.id}#`] : [],
    );
    for (const [id, { ruleId, asking }] of this.#asked) {
      if (ruleId === rule.id && !waiting.some((run) => id.startsWith(run))) asking.abort();
    }
  }
}

const noAnswer = newProblem('timeout', sentence('when-empty.no-answer'));
