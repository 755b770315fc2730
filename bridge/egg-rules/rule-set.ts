/** A rule string compiled for judging many values, and a bounded cache of compiled strings. */
import { Budget, buildSteps } from './budget.js';
import { phpNumber, type PhpNumber } from './numbers.js';
import { readRules, segmentsOf, type EggRule } from './parse.js';
import { compilePattern, type CompiledPattern } from './regex.js';
import { ruleNames } from './rule-names.js';

/** Longest rule string that is parsed (characters). Rules of real eggs have fewer than 1,000. */
const longestRules = 4000;
/** Total size of the cached sets, in the units of `RuleSet.size`: far more than the variables of one server need. */
const keptSize = 100_000;

export interface PreparedRule extends EggRule {
  /** Compiled pattern of `regex` and `not_regex`; null for other rules. */
  pattern: CompiledPattern | null;
  /** The parameters as a set, for fast lookup. */
  listed: ReadonlySet<string>;
  /** Numeric parameters of `in` and `not_in`. */
  numbers: readonly PhpNumber[];
}

export interface RuleSet {
  segments: readonly string[];
  rules: readonly PreparedRule[];
  /** True if rules such as `min` and `max` compare a numeric value as a number, not by its length. */
  isNumeric: boolean;
  has: (...names: string[]) => boolean;
  /** Parameters of the first rule with that name; null without this rule. */
  parametersOf: (name: string) => readonly string[] | null;
  /** Approximate memory use: characters plus states of the patterns. */
  size: number;
}

const known = new Map([...ruleNames].map((name) => [name.replaceAll('_', ''), name]));
known.set('int', 'int');
known.set('bool', 'bool');

const holdsPattern = (name: string): boolean => name === 'regex' || name === 'not_regex';
const isList = (name: string): boolean => name === 'in' || name === 'not_in';

function prepare(rule: EggRule, budget: Budget): PreparedRule {
  const [written] = rule.parameters;
  const pattern = holdsPattern(rule.name) && written !== undefined ? compilePattern(written, budget) : null;
  const numbers = isList(rule.name) ? rule.parameters.map(phpNumber).filter((number) => number !== null) : [];
  return { ...rule, pattern, listed: new Set(rule.parameters), numbers };
}

const statesOf = ({ pattern }: PreparedRule): number =>
  pattern?.kind === 'machine' ? pattern.machine.states.length : 0;

function toRuleSet(segments: readonly string[]): RuleSet {
  const budget = new Budget(buildSteps);
  const rules = readRules(segments, known).map((rule) => prepare(rule, budget));
  const names = new Set(rules.map(({ name }) => name));
  const has = (...wanted: string[]): boolean => wanted.some((name) => names.has(name));
  return {
    segments,
    rules,
    has,
    isNumeric: has('numeric', 'integer', 'decimal'),
    parametersOf: (name) => rules.find((rule) => rule.name === name)?.parameters ?? null,
    size: [...segments.map(({ length }) => length + 10), ...rules.map(statesOf)].reduce(
      (sum, each) => sum + each,
      0,
    ),
  };
}

/** Cache of the most recently used rule sets, bounded by their total size. */
export class KeptRuleSets {
  private readonly sets = new Map<string, RuleSet>();
  private size = 0;

  get(rules: string, make: () => RuleSet): RuleSet {
    const found = this.sets.get(rules) ?? make();
    this.drop(rules);
    this.sets.set(rules, found);
    this.size += found.size;
    for (const oldest of this.sets.keys()) {
      if (this.size <= keptSize || oldest === rules) break;
      this.drop(oldest);
    }
    return found;
  }

  /** Number of cached sets. */
  get count(): number {
    return this.sets.size;
  }

  private drop(rules: string): void {
    this.size -= this.sets.get(rules)?.size ?? 0;
    this.sets.delete(rules);
  }
}

const kept = new KeptRuleSets();

/** Rules as the egg's author means them: pipes inside a regex do not split. Null if the string is too long. */
export function ruleSetOf(rules: string): RuleSet | null {
  return rules.length > longestRules ? null : kept.get(rules, () => toRuleSet(segmentsOf(rules)));
}

/** Rules as the panel's client endpoint splits them: at every pipe, even inside a regex. */
export function ruleSetOnPanel(rules: string): RuleSet | null {
  const meant = ruleSetOf(rules);
  if (meant === null) return null;
  const cut = rules.split('|');
  const isSame = cut.length === meant.segments.length && cut.every((part, at) => part === meant.segments[at]);
  return isSame ? meant : kept.get(`panel ${rules}`, () => toRuleSet(cut));
}
