/** Asks main every few seconds whether a condition is true now, while somebody edits it. One question at a time. */
import type { RuleCondition } from '../../../bridge/schema/rule-parts.js';
import type { SeenValue, Verdict } from '../../../bridge/schema/rule-runs.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

/** Pause between two questions, and after a change of the condition, in ms. */
const pauseMs = 3000;
const typingMs = 300;

export interface JudgeQuestion {
  readonly condition: RuleCondition;
  readonly serverId: string | null;
}

export class ConditionJudge {
  /** For the condition that is shown; null = main has not answered yet. `seen` has one value for each leaf. */
  answer = $state.raw<{ readonly verdict: Verdict; readonly seen: readonly SeenValue[] } | null>(null);
  readonly asking = new Task();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #question: JudgeQuestion | null = null;

  constructor(private readonly client: PerchClient) {}

  /** Begins with this question; null = the condition is incomplete. Call the returned function at the end. */
  ask(question: JudgeQuestion | null): () => void {
    this.#question = question;
    this.answer = null;
    this.asking.forget();
    if (question !== null) this.#later(question, typingMs);
    return () => this.#stop();
  }

  #later(question: JudgeQuestion, ms: number): void {
    this.#stopTimer();
    this.#timer = setTimeout(() => void this.#now(question), ms);
  }

  async #now(question: JudgeQuestion): Promise<void> {
    if (!document.hidden) {
      const answer = await this.asking.run(() => this.client.call('rules.judge', question));
      if (this.#question !== question) return;
      if (answer !== null) this.answer = answer.value;
    }
    this.#later(question, pauseMs);
  }

  #stop(): void {
    this.#question = null;
    this.#stopTimer();
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
