/** Form of one blueprint: the choices, their mistakes, and the resulting rules. */
import type { Blueprint, BlueprintValues } from '../../../bridge/rules/blueprints/blueprint.js';
import { blueprintFaults, usualValues } from '../../../bridge/rules/blueprints/blueprints.js';
import type { RuleTarget } from '../../../bridge/schema/rule-parts.js';
import type { Rule } from '../../../bridge/schema/rules.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

export class BlueprintForm {
  values: BlueprintValues = $state.raw(usualValues('nightly-restart'));
  /** null = no choice. */
  target: RuleTarget | null = $state.raw(null);
  /** True after a try to create the rules: faults show only then. */
  hasTried = $state(false);
  readonly saving = new Task();
  /** Rules that main already has, if main refused a later rule of the same form. */
  #saved = 0;

  constructor(
    private readonly client: PerchClient,
    readonly blueprint: Blueprint,
  ) {
    this.values = usualValues(blueprint.id);
  }

  get faults() {
    return blueprintFaults(this.blueprint, this.values, this.target);
  }

  /** The rules as they would be saved; empty while the form has a fault. */
  get rules(): readonly Rule[] {
    if (this.faults.length > 0) return [];
    // Blueprints without a target name their servers and do not read it.
    return this.blueprint.rules(this.values, this.target ?? { kind: 'event' });
  }

  change(values: Partial<BlueprintValues>): void {
    this.values = { ...this.values, ...values };
    this.#changed();
  }

  choose(target: RuleTarget): void {
    this.target = target;
    this.#changed();
  }

  /** True if main has all rules, with the agreement of the user who has read them. A second try repeats none. */
  async create(): Promise<boolean> {
    this.hasTried = true;
    const { rules } = this;
    if (rules.length === 0) return false;
    for (const rule of rules.slice(this.#saved)) {
      const answer = await this.saving.run(() =>
        this.client.call('rules.save', { rule, replaces: null, isAgreed: true }),
      );
      if (answer === null) return false;
      this.#saved += 1;
    }
    return true;
  }

  #changed(): void {
    this.saving.problem = null;
  }
}
