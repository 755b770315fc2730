/** Applies rules in the order of Laravel's validator and stops where Laravel stops. */
import { Budget, ruleSteps, verdictSteps } from './budget.js';
import { ruleTable, type Subject } from './rule-table.js';
import { isImplicit, ruleNames } from './rule-names.js';
import type { PreparedRule, RuleSet } from './rule-set.js';
import { boundOf } from './sizes.js';
import type { CheckOutcome } from './formats.js';

export interface EggJudgement {
  failed: PreparedRule[];
  /** First rule that only the panel can judge; null = none. */
  doubtful: PreparedRule | null;
  /** Rule that makes a panel throw; null if none was reached. */
  broken: PreparedRule | null;
}

const blank = /[\s\u0085\u180e\u200b\ufeff]/;

/** The value as a panel receives it: trimmed, and null if the trimmed value is empty. */
export function asReceived(value: string): string | null {
  let start = 0;
  let end = value.length;
  while (start < end && blank.test(value.charAt(start))) start += 1;
  while (end > start && blank.test(value.charAt(end - 1))) end -= 1;
  return start === end ? null : value.slice(start, end);
}

/** True if the rule makes a panel throw for any value. */
export function isBrokenRule(rule: PreparedRule): boolean {
  if (!ruleNames.has(rule.name)) return true;
  if (rule.parameters.length < (ruleTable.get(rule.name)?.parameters ?? 0)) return true;
  if (rule.pattern?.kind === 'broken') return true;
  const bounds = { min: 1, max: 1, size: 1, between: 2 }[rule.name] ?? 0;
  return rule.parameters.slice(0, bounds).some((parameter) => boundOf(parameter) === 'broken');
}

function ask(subject: Subject, rule: PreparedRule): CheckOutcome {
  if (!subject.budget.take(ruleSteps)) return 'unknown';
  if (isBrokenRule(rule)) return 'broken';
  return ruleTable.get(rule.name)?.check(subject, rule) ?? 'unknown';
}

/** PHP treats a text of control characters as blank; Laravel then applies only the rules about presence. */
const isBlank = (value: string | null): boolean => value !== null && /^[ \t\n\r\v\0]*$/.test(value);

function isAsked(set: RuleSet, value: string | null, rule: PreparedRule): boolean {
  if (isImplicit(rule.name)) return true;
  return !isBlank(value) && !(value === null && set.has('nullable'));
}

/** True if the rule may make a panel accept the value without a check, so a failure of another rule means nothing. */
const mayExclude = (name: string): boolean => /^exclude(?:_|$)/.test(name);

/** Judges a value against all rules. Once the budget is spent, the remaining rules count as doubtful. */
export function judgeRules(
  set: RuleSet,
  value: string | null,
  { strictIn = false, budget = new Budget(verdictSteps) }: { strictIn?: boolean; budget?: Budget } = {},
): EggJudgement {
  const judgement: EggJudgement = { failed: [], doubtful: null, broken: null };
  const stopsAtFirst = set.has('bail');
  for (const rule of set.rules) {
    if (!isAsked(set, value, rule)) continue;
    const answer = ask({ value, set, strictIn, budget }, rule);
    if (answer === 'broken') return { ...judgement, broken: rule };
    if (mayExclude(rule.name)) return { ...judgement, doubtful: rule };
    if (answer === 'unknown') judgement.doubtful ??= rule;
    if (answer !== 'fail') continue;
    judgement.failed.push(rule);
    if (stopsAtFirst || isImplicit(rule.name)) break;
  }
  return judgement;
}
