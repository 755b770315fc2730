/** State of rules that do not exist now: their server is not listed yet, or their setting is gone for a while. */
import type { KeptRule } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';

/** After this time in ms nobody expects the rule back. */
const keptMs = 30 * 86_400_000;

/** Rules that outlive their absence (`RuleSource.outlives`), as the disk has them. */
export class AbsentRules {
  readonly #rules = new Map<string, KeptRule>();

  add(rule: KeptRule): void {
    this.#rules.set(rule.ruleId, rule);
  }

  /** Call when the rule exists again, or never comes back. */
  take(id: string): KeptRule | null {
    const rule = this.#rules.get(id) ?? null;
    this.#rules.delete(id);
    return rule;
  }

  /** Entries that the disk must still have at this wall-clock time. */
  at(wall: number, outlives: (ruleId: string) => boolean): readonly KeptRule[] {
    for (const { ruleId, savedAt } of this.#rules.values())
      if (wall - savedAt > keptMs || !outlives(ruleId)) this.#rules.delete(ruleId);
    return [...this.#rules.values()];
  }
}

/** Stands for a rule that the user removed before its last traces were in the history. */
export function removedRule({ ruleId, agreedAt }: KeptRule): Rule {
  return {
    id: ruleId,
    name: ruleId,
    isOn: false,
    mode: 'single',
    atMost: { times: 1, withinMs: 60_000 },
    target: { kind: 'event' },
    trigger: { kind: 'perch-started' },
    condition: null,
    steps: [],
    agreedAt,
  };
}
