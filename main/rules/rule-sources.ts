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

/** One part of Perch whose settings act as rules. The ids of these rules begin with the origin of the part. */
export interface RuleSource {
  readonly origin: DerivedOrigin;
  /** A rule that did not change stays the same object. */
  readonly current: readonly Rule[];
  listen(listener: () => void): () => void;
  /** A step of the rule switched the rule off. The rule is off or gone when this call returns, also if the disk refuses. */
  switchedOff(ruleId: string): Promise<void>;
  /** Carries an order out instead of the engine; undefined = the engine does. Rejects with `PerchError`. */
  carryOut?(order: SentOrder, rule: Rule): Promise<{ readonly backup?: string }> | undefined;
  /** The state of a rule of this source has changed. */
  moved?(ruleId: string, state: RuleState): void;
  /** A rule of this source missed these planned times, oldest first, in ms since the epoch. */
  missed?(ruleId: string, times: readonly number[]): void;
  /** Whether the state of a rule stays on the disk while the source does not list the rule. */
  outlives?(ruleId: string): boolean;
  /** A run of a rule of this source has ended, or a cause began no run. */
  ended?(record: RunRecord, news: TraceNews): void;
}

/** The user's own rules and the rules of all sources, for the engine. */
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

  /** Whether a newer Perch wrote the file of the own rules, so that this Perch runs none of the own rules. */
  get isNewer(): boolean {
    return this.own.isNewer;
  }

  listen(listener: () => void): () => void {
    const ends = [this.own, ...this.sources].map((part) => part.listen(listener));
    return () => {
      for (const end of ends) end();
    };
  }

  /** A step of the rule switches the rule off, at once, also if the disk refuses. Rejects with `PerchError`. */
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
    // The setting itself limits how often the rule acts.
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
