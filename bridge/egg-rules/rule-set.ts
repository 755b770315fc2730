/** A rule string prepared for judging many values, and a bounded store of those in use. */
import { Budget, buildSteps } from './budget.js';
import { phpNumber, type PhpNumber } from './numbers.js';
import { readRules, segmentsOf, type Rule } from './parse.js';
import { compilePattern, type CompiledPattern } from './regex.js';
import { ruleNames } from './rule-names.js';

/** Rules of real eggs have less than 1,000 characters. */
const longestRules = 4000;
/** The size of all sets that are kept: far more than the variables of a server need. */
const keptSize = 100_000;

export interface PreparedRule extends Rule {
  /** For `regex` and `not_regex`. */
  pattern: CompiledPattern | null;
  /** The parameters once more, for a quick look. */
  listed: ReadonlySet<string>;
  /** Those of them that are numbers, for `in` and `not_in`. */
  numbers: readonly PhpNumber[];
}

export interface RuleSet {
  segments: readonly string[];
  rules: readonly PreparedRule[];
  /** True where sizes are numbers as long as the value is one. */
  isNumeric: boolean;
  has: (...names: string[]) => boolean;
  /** The parameters of the first rule of that name, or null. */
  parametersOf: (name: string) => readonly string[] | null;
  /** About how much memory it takes: characters, and states of its patterns. */
  size: number;
}

const known = new Map([...ruleNames].map((name) => [name.replaceAll('_', ''), name]));
known.set('int', 'int');
known.set('bool', 'bool');

const holdsPattern = (name: string): boolean => name === 'regex' || name === 'not_regex';
const isList = (name: string): boolean => name === 'in' || name === 'not_in';

function prepare(rule: Rule, budget: Budget): PreparedRule {
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

/** Keeps the last sets that were asked for, up to a size of all together. */
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

  /** How many are kept. */
  get count(): number {
    return this.sets.size;
  }

  private drop(rules: string): void {
    this.size -= this.sets.get(rules)?.size ?? 0;
    this.sets.delete(rules);
  }
}

const kept = new KeptRuleSets();

/** The rules as they are meant: pipes inside a regex belong to it. Null where the string is too long to be one. */
export function ruleSetOf(rules: string): RuleSet | null {
  return rules.length > longestRules ? null : kept.get(rules, () => toRuleSet(segmentsOf(rules)));
}

/** The rules as the client endpoint of a panel cuts them: at every pipe. */
export function ruleSetOnPanel(rules: string): RuleSet | null {
  const meant = ruleSetOf(rules);
  if (meant === null) return null;
  const cut = rules.split('|');
  const isSame = cut.length === meant.segments.length && cut.every((part, at) => part === meant.segments[at]);
  return isSame ? meant : kept.get(`panel ${rules}`, () => toRuleSet(cut));
}
