/**
 * Rules that the user is editing in this window. A draft survives leaving the editor and the view until saved or
 * discarded, so no typed text gets lost.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Rule } from '../../../bridge/schema/rules.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';
import { emptyRule } from './new-parts.js';

export class RuleDraft {
  rule: Rule = $state.raw(emptyRule());
  readonly saving = new Task();
  /** The rule as main has it; null = a new rule. */
  #saved: Rule | null = $state.raw(null);

  constructor(
    private readonly client: PerchClient,
    saved: Rule | null,
    start: Rule,
  ) {
    this.#saved = saved;
    this.rule = start;
  }

  get saved(): Rule | null {
    return this.#saved;
  }

  get isEdited(): boolean {
    return JSON.stringify(this.rule) !== JSON.stringify(this.#saved ?? emptyRule());
  }

  /** Whether the agreement of the saved rule covers the draft: at most the name and the switch are others. */
  get isAgreed(): boolean {
    const saved = this.#saved;
    if (saved === null || saved.agreedAt === null) return false;
    const { name, isOn } = saved;
    return JSON.stringify({ ...this.rule, name, isOn }) === JSON.stringify(saved);
  }

  change(fields: Partial<Rule>): void {
    this.rule = { ...this.rule, ...fields };
    this.saving.problem = null;
  }

  /** Makes the rule that main has now the base of this draft. */
  rebase(current: Rule): void {
    this.#saved = current;
    this.saving.problem = null;
  }

  /** True if main has the rule. Without an agreement a changed rule does not act. */
  async save(isAgreed: boolean): Promise<boolean> {
    const { rule } = this;
    const replaces = this.#saved;
    const answer = await this.saving.run(() => this.client.call('rules.save', { rule, replaces, isAgreed }));
    if (answer === null) return false;
    this.#saved = answer.value;
    this.rule = answer.value;
    return true;
  }
}

export class RuleDrafts {
  shown = $state.raw<RuleDraft | null>(null);
  /** By id of the rule; `new` = a rule that main does not have. */
  readonly #kept = new SvelteMap<string, RuleDraft>();

  constructor(private readonly client: PerchClient) {}

  get hasDraft(): boolean {
    return [...this.#kept.values()].some(({ isEdited }) => isEdited);
  }

  /** The edited draft of a rule, or of the new rule. */
  of(id: string): RuleDraft | null {
    const draft = this.#kept.get(id);
    return draft?.isEdited === true ? draft : null;
  }

  /** Opens a rule of main, with its draft if one exists. */
  edit(rule: Rule): void {
    this.#show(rule.id, () => new RuleDraft(this.client, rule, rule));
  }

  /** Opens the new rule that somebody began, otherwise one that begins with `start`. */
  begin(start: Rule = emptyRule()): void {
    this.#show('new', () => new RuleDraft(this.client, null, { ...start, id: 'new', agreedAt: null }));
  }

  /** Leaves the editor and keeps the input. */
  leave(): void {
    this.shown = null;
    for (const [id, draft] of this.#kept) if (!draft.isEdited) this.#kept.delete(id);
  }

  /** Leaves the editor and drops the input. */
  discard(draft: RuleDraft): void {
    for (const [id, kept] of this.#kept) if (kept === draft) this.#kept.delete(id);
    if (this.shown === draft) this.shown = null;
  }

  #show(id: string, make: () => RuleDraft): void {
    const draft = this.of(id) ?? make();
    this.#kept.set(id, draft);
    this.shown = draft;
  }
}
