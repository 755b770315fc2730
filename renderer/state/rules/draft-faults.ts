/**
 * Faults that keep a rule in the editor from being saved: those of `ruleFaults`, texts that the schema refuses, and
 * hours that begin and end at the same time. Pure.
 */
import { hasSameHours, ruleFaults, type RuleFault } from '../../../bridge/rules/rule-checks.js';
import { ruleLimits } from '../../../bridge/rules/rule-limits.js';
import type { RuleStep, RuleTrigger } from '../../../bridge/schema/rule-parts.js';
import type { Rule } from '../../../bridge/schema/rules.js';

export type DraftFault = RuleFault | 'no-name' | 'no-steps' | 'wrong-text' | 'same-hours';

/** `stars` = a text of a console line that no line could miss. */
export type TextFault = 'empty' | 'long' | 'breaks' | 'stars';
/** `line` = a line for a console, `pattern` = a text that a line contains, `text` = for a person. */
export type TextKind = 'line' | 'pattern' | 'text';

export function textFault(text: string, kind: TextKind): TextFault | null {
  if (text.trim() === '') return 'empty';
  if (text.length > ruleLimits.textLength) return 'long';
  if (kind === 'text') return null;
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return 'breaks';
  return kind === 'pattern' && !/[^*\s]/.test(text) ? 'stars' : null;
}

/** A cron text of five fields; main says whether its parts are right. */
export function isCronForm(text: string): boolean {
  return text.length <= 100 && /^\S+(?: \S+){4}$/.test(text);
}

/** All faults, each once. */
export function draftFaults(rule: Rule): readonly DraftFault[] {
  const isNamed = rule.name.trim() !== '' && rule.name.length <= ruleLimits.nameLength;
  return [
    ...(isNamed ? [] : ['no-name' as const]),
    ...(rule.steps.length === 0 ? ['no-steps' as const] : []),
    ...(isTriggerTyped(rule.trigger) && areStepsTyped(rule.steps) ? [] : ['wrong-text' as const]),
    ...(hasSameHours(rule) ? ['same-hours' as const] : []),
    ...ruleFaults(rule),
  ];
}

function isTriggerTyped(trigger: RuleTrigger): boolean {
  if (trigger.kind === 'line') return textFault(trigger.text, 'pattern') === null;
  return trigger.kind !== 'cron' || isCronForm(trigger.cron);
}

function areStepsTyped(steps: readonly RuleStep[]): boolean {
  return steps.every((step) => {
    switch (step.kind) {
      case 'command':
        return textFault(step.command, 'line') === null;
      case 'warn':
        return textFault(step.text, 'line') === null;
      case 'notify':
        return textFault(step.text, 'text') === null;
      case 'wait':
        return step.sign.kind !== 'line' || textFault(step.sign.text, 'pattern') === null;
      case 'if':
        return areStepsTyped(step.then) && areStepsTyped(step.else);
      default:
        return true;
    }
  });
}
