/** The user's own rules and every change of them. The state of their runs is in `rule-driver.ts`. */
import { newProblem, PerchError } from '../../bridge/errors.js';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import { originOf } from '../../bridge/rules/rule-origin.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { sentence } from '../../messages/messages.js';
import { Watchable } from '../base/observable.js';
import type { Clock, RuleStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';

export interface RuleBookDeps {
  readonly clock: Pick<Clock, 'wall'>;
  readonly store: RuleStore;
  readonly newId: () => string;
}

export interface WantedRule {
  readonly rule: Rule;
  /** The rule that the user edited; null = a new rule. */
  readonly replaces: Rule | null;
  /** Whether the user has agreed to all actions of the rule. */
  readonly isAgreed: boolean;
}

export class RuleBook extends Watchable<readonly Rule[]> {
  readonly #turns = new SerialQueue();
  /** Switch-offs and removals whose write has not ended. A write that began before must not undo them. */
  readonly #urgent = new Set<BookChange>();

  constructor(private readonly deps: RuleBookDeps) {
    super([]);
  }

  async load(): Promise<void> {
    this.set(await this.deps.store.load());
  }

  /** Whether a newer Perch wrote the rules, so that this version has none of them. */
  get isNewer(): boolean {
    return this.deps.store.isNewer;
  }

  /** Throws `not-found`, and `invalid` for a rule that a setting of a server stands for. */
  find(id: string): Rule {
    const rule = this.current.find((one) => one.id === id);
    if (rule !== undefined) return rule;
    if (originOf(id) !== 'own') throw new PerchError(newProblem('invalid', sentence('own-rules.derived')));
    throw new PerchError(newProblem('not-found', sentence('own-rules.unknown')));
  }

  /** Resolves with the saved rule. Rejects with `PerchError`. */
  save({ rule, replaces, isAgreed }: WantedRule): Promise<Rule> {
    const id = replaces?.id ?? this.deps.newId();
    return this.#turns.run(async () => {
      const known = replaces === null ? null : this.find(id);
      if (known !== null && replaces !== null && !isSameRule(known, replaces))
        throw new PerchError(newProblem('conflict', sentence('own-rules.changed-meanwhile')));
      if (known === null && this.current.length >= ruleLimits.rules)
        throw new PerchError(
          newProblem('invalid', sentence('own-rules.too-many', { count: ruleLimits.rules })),
        );
      const agreedAt = this.#agreement(rule, known, isAgreed);
      // The rule may have been switched off since the form began, and nobody agreed again.
      const isOn = rule.isOn && (isAgreed || known?.isOn !== false || replaces?.isOn === false);
      const saved = { ...rule, id, isOn, agreedAt };
      await this.#write((all) =>
        known === null ? [...all, saved] : all.map((one) => (one.id === id ? saved : one)),
      );
      return saved;
    });
  }

  /** A rule is off at once, also if the disk refuses. Rejects with `PerchError`. */
  async setOn(id: string, isOn: boolean): Promise<void> {
    if (isOn && this.find(id).agreedAt === null)
      throw new PerchError(newProblem('invalid', sentence('own-rules.not-agreed')));
    const change: BookChange = (all) => all.map((one) => (one.id === id ? { ...one, isOn } : one));
    this.find(id);
    await (isOn ? this.#turns.run(() => this.#write(change)) : this.#atOnce(change));
  }

  /** The rule is gone at once, also if the disk refuses. Rejects with `PerchError`. */
  async remove(id: string): Promise<void> {
    this.find(id);
    await this.#atOnce((all) => all.filter((one) => one.id !== id));
  }

  async #atOnce(change: BookChange): Promise<void> {
    this.#urgent.add(change);
    this.set(change(this.current));
    // The end belongs to the turn, because the next one may switch the rule on.
    await this.#turns.run(() => this.#write(change).finally(() => this.#urgent.delete(change)));
  }

  /** Only the clock of main dates an agreement, and no two agreements have the same date. */
  #agreement(rule: Rule, known: Rule | null, isAgreed: boolean): number | null {
    if (isAgreed) return Math.max(this.deps.clock.wall(), (known?.agreedAt ?? 0) + 1);
    const isSame = known !== null && isSameRule({ ...known, name: rule.name }, rule);
    return isSame ? known.agreedAt : null;
  }

  /** Somebody may switch a rule off during the write, so the change is made again afterwards. */
  async #write(change: BookChange): Promise<void> {
    await this.deps.store.save(this.#with(change));
    this.set(this.#with(change));
  }

  #with(change: BookChange): readonly Rule[] {
    return [...this.#urgent].reduce((all, urgent) => urgent(all), change(this.current));
  }
}

type BookChange = (all: readonly Rule[]) => readonly Rule[];

/** Whether both rules do the same. */
function isSameRule(one: Rule, other: Rule): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf(rule: Rule): string {
  return JSON.stringify({ ...rule, id: '', isOn: true, agreedAt: null });
}
