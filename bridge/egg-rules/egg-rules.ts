/**
 * Judges values of egg variables as Laravel would on the panel, before they are sent. Where there is doubt the
 * verdict is `unknown`, and the server decides.
 */
import { controlOf, type Control } from './control.js';
import { asReceived, isBrokenRule, judge } from './judge.js';
import { failureMessage } from './messages.js';
import { isNumeric } from './numbers.js';
import { ruleSetOf, ruleSetOnPanel, type PreparedRule, type RuleSet } from './rule-set.js';
import { describeSet } from './words.js';

export type { Control } from './control.js';

interface RuleFailure {
  /** Rule name in snake case. */
  rule: string;
  /** One sentence for a person, in the language of the moment: what the value must be. */
  message: string;
}

/** `unknown` where the server has to decide. */
export type Verdict = { kind: 'passes' } | { kind: 'fails'; failures: RuleFailure[] } | { kind: 'unknown' };

export interface JudgeOptions {
  /** `in` compares exactly, as on the newest panels; otherwise two numbers are equal when their values are. */
  strictIn?: boolean;
}

function failuresOf(failed: readonly PreparedRule[], set: RuleSet, value: string | null): RuleFailure[] {
  const isNumber = set.isNumeric && value !== null && isNumeric(value);
  const failures = failed.map((rule) => ({
    rule: rule.name,
    message: failureMessage(rule, value, isNumber),
  }));
  return failures.filter(({ rule }, index) => failures.findIndex((other) => other.rule === rule) === index);
}

/** Judges the value as the panel's HTTP endpoint would: trimmed first, an empty value becomes null. */
export function judgeValue(rules: string, value: string, { strictIn = false }: JudgeOptions = {}): Verdict {
  const set = ruleSetOf(rules);
  if (set === null || set.rules.some(({ oddlyWritten }) => oddlyWritten)) return { kind: 'unknown' };
  const received = asReceived(value);
  const { failed, doubtful, broken } = judge(set, received, { strictIn });
  if (broken !== null) return { kind: 'unknown' };
  if (failed.length > 0) return { kind: 'fails', failures: failuresOf(failed, set, received) };
  return { kind: doubtful === null ? 'passes' : 'unknown' };
}

/** The control that fits the rules. */
export function controlFor(rules: string): Control {
  const set = ruleSetOf(rules);
  return set === null ? { kind: 'text', maxLength: null, canBeEmpty: true } : controlOf(set);
}

/** The rules as a few plain words for a hint below the field; empty where there is nothing to say. */
export function describeRules(rules: string): string {
  const set = ruleSetOf(rules);
  return set === null ? '' : describeSet(set);
}

/** True where the panel itself will probably answer 500 for any value, because it cuts the rules at every pipe. */
export function isBrokenOnPanel(rules: string): boolean {
  return ruleSetOnPanel(rules)?.rules.some(isBrokenRule) ?? false;
}
