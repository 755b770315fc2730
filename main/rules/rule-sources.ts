/**
 * Settings of other parts of Perch that act as rules, beside the user's own rules (RULES "Derived rules").
 *
 * A setting keeps its own window, its calls and its words. The engine treats its rule as every other rule.
 */
import { derivedId, originOf, type DerivedOrigin } from '../../bridge/rules/rule-origin.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { RuleBook } from './rule-book.js';
import type { RuleState, TraceNews } from './rule-state.js';
import type { SentOrder } from './run-state.js';

/** One part of Perch whose settings act as rules. The ids of these rules begin with its origin. */
export interface RuleSource {
  readonly origin: DerivedOrigin;
  /** The same object for a rule that did not change. */
  readonly current: readonly Rule[];
  listen(listener: () => void): () => void;
  /** A step of the rule switched the rule off. It must be off, or gone, when this returns, whatever the disk says. */
  switchedOff(ruleId: string): Promise<void>;
  /** Carries an order out in a way of its own; undefined = as for every rule. Rejects with `PerchError`. */
  carryOut?(order: SentOrder, rule: Rule): Promise<{ readonly backup?: string }> | undefined;
  /** The state of one of its rules has changed. */
  moved?(ruleId: string, state: RuleState): void;
  /** Planned times of one of its rules were missed, oldest first. */
  missed?(ruleId: string, times: readonly number[]): void;
  /** Whether the state of a rule stays on the disk while the rule is not there. */
  outlives?(ruleId: string): boolean;
  /** A cause of one of its rules has ended. */
  ended?(record: RunRecord, news: TraceNews): void;
}

/** The own rules and those of all sources, for what runs them. */
export class AllRules {
  #parts: readonly (readonly Rule[])[] = [];
  #all: readonly Rule[] = [];
  #ids: ReadonlySet<string> = new Set();

  constructor(
    private readonly own: Pick<RuleBook, 'current' | 'isNewer' | 'listen' | 'setOn'>,
    private readonly sources: readonly RuleSource[],
  ) {}

  get current(): readonly Rule[] {
    const parts = [this.own.current, ...this.sources.map(({ current }) => current)];
    if (parts.some((part, index) => part !== this.#parts[index])) {
      this.#parts = parts;
      this.#all = parts.flat();
      this.#ids = new Set(this.#all.map(({ id }) => id));
    }
    return this.#all;
  }

  has(id: string): boolean {
    return this.current.length > 0 && this.#ids.has(id);
  }

  /** Whether a newer Perch wrote the own rules, so that this one has none of them. */
  get isNewer(): boolean {
    return this.own.isNewer;
  }

  listen(listener: () => void): () => void {
    const ends = [this.own, ...this.sources].map((part) => part.listen(listener));
    return () => {
      for (const end of ends) end();
    };
  }

  /** The rule switched itself off. It is off at once, also if the disk refuses. Rejects with `PerchError`. */
  async switchOff(ruleId: string): Promise<void> {
    await (this.sourceOf(ruleId)?.switchedOff(ruleId) ?? this.own.setOn(ruleId, false));
  }

  /** undefined = an own rule. */
  sourceOf(ruleId: string): RuleSource | undefined {
    const origin = originOf(ruleId);
    return this.sources.find((source) => source.origin === origin);
  }
}

/** The rule of a setting for one server. `isOn` false = the setting stays, but the rule must not act now. */
export function derivedRule(
  origin: DerivedOrigin,
  serverId: string,
  parts: Pick<Rule, 'name' | 'trigger' | 'condition' | 'steps'> & Partial<Rule>,
): Rule {
  return {
    isOn: true,
    mode: 'single',
    // The setting itself says how often.
    atMost: { times: 1000, withinMs: 60_000 },
    target: { kind: 'server', serverId },
    agreedAt: agreementOf(parts),
    ...parts,
    id: derivedId(origin, serverId),
  };
}

/**
 * Stands for the time of the agreement, because a setting has none: the same for the same contents, also after a restart
 * of Perch. So a changed setting is another agreement, which ends the runs of the earlier setting. FNV-1a, 32 bits.
 */
function agreementOf({ trigger, condition, steps }: Pick<Rule, 'trigger' | 'condition' | 'steps'>): number {
  let hash = 0x811c9dc5;
  for (const char of JSON.stringify([trigger, condition, steps]))
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
