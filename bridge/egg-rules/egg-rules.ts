/**
 * Judges values of startup variables before they are sent, as Laravel does on the panel.
 * In doubt the verdict is `unknown` and the panel decides.
 */
import { controlOf, type Control } from './control.js';
import { asReceived, isBrokenRule, judgeRules } from './judge.js';
import { failureMessage } from './messages.js';
import { isNumeric } from './numbers.js';
import { ruleSetOf, ruleSetOnPanel, type PreparedRule, type RuleSet } from './rule-set.js';
import { describeSet } from './words.js';

export type { Control } from './control.js';

interface RuleFailure {
  /** Rule name in snake case. */
  rule: string;
  /** Requirement on the value, as a sentence in the current language. */
  message: string;
}

/** `unknown`: only the panel can decide. */
export type RuleVerdict =
  { kind: 'passes' } | { kind: 'fails'; failures: RuleFailure[] } | { kind: 'unknown' };

export interface JudgeOptions {
  /** True if `in` compares text exactly, as on the newest panels; otherwise equal numbers match (`1` and `1.0`). */
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

/** Judges a value as the panel's HTTP endpoint does: trims it first and turns an empty value into null. */
export function judgeValue(
  rules: string,
  value: string,
  { strictIn = false }: JudgeOptions = {},
): RuleVerdict {
  const set = ruleSetOf(rules);
  if (set === null || set.rules.some(({ oddlyWritten }) => oddlyWritten)) return { kind: 'unknown' };
  const received = asReceived(value);
  const { failed, doubtful, broken } = judgeRules(set, received, { strictIn });
  if (broken !== null) return { kind: 'unknown' };
  if (failed.length > 0) return { kind: 'fails', failures: failuresOf(failed, set, received) };
  return { kind: doubtful === null ? 'passes' : 'unknown' };
}

export function controlFor(rules: string): Control {
  const set = ruleSetOf(rules);
  return set === null ? { kind: 'text', maxLength: null, canBeEmpty: true } : controlOf(set);
}

/** The rules as a short hint below the field; empty without a hint. */
export function describeRules(rules: string): string {
  const set = ruleSetOf(rules);
  return set === null ? '' : describeSet(set);
}

/**
 * True if the panel probably answers 500 for any value, because it splits the rules at every pipe, even inside a
 * regex.
 */
export function isBrokenOnPanel(rules: string): boolean {
  return ruleSetOnPanel(rules)?.rules.some(isBrokenRule) ?? false;
}
