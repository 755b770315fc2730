/** Servers and groups that a rule names, read and replaced. Pure. */
import type {
  RuleCondition,
  RuleSign,
  RuleStep,
  RuleTarget,
  RuleTrigger,
} from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';

export interface PlaceIds {
  server(id: string): string;
  group(id: string): string;
}

/** The rule with other ids of servers and groups. */
export function withPlaces(rule: Rule, places: PlaceIds): Rule {
  return {
    ...rule,
    target: targetWith(rule.target, places),
    trigger: triggerWith(rule.trigger, places),
    condition: rule.condition === null ? null : conditionWith(rule.condition, places),
    steps: rule.steps.map((step) => stepWith(step, places)),
  };
}

function targetWith(target: RuleTarget, { server, group }: PlaceIds): RuleTarget {
  if (target.kind === 'server') return { ...target, serverId: server(target.serverId) };
  return target.kind === 'group' ? { ...target, groupId: group(target.groupId) } : target;
}

function triggerWith(trigger: RuleTrigger, places: PlaceIds): RuleTrigger {
  if (trigger.kind !== 'holds') return trigger;
  return { ...trigger, condition: conditionWith(trigger.condition, places) };
}

function conditionWith(condition: RuleCondition, places: PlaceIds): RuleCondition {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return { ...condition, parts: condition.parts.map((part) => conditionWith(part, places)) };
    case 'not':
      return { ...condition, part: conditionWith(condition.part, places) };
    default:
      return onWith(condition, places);
  }
}

function stepWith(step: RuleStep, places: PlaceIds): RuleStep {
  if (step.kind === 'wait') return { ...step, sign: onWith<RuleSign>(step.sign, places) };
  if (step.kind !== 'if') return onWith(step, places);
  return {
    ...step,
    condition: conditionWith(step.condition, places),
    then: step.then.map((one) => stepWith(one, places)),
    else: step.else.map((one) => stepWith(one, places)),
  };
}

function onWith<T extends object>(part: T, { server }: PlaceIds): T {
  return 'on' in part && typeof part.on === 'string' ? { ...part, on: server(part.on) } : part;
}
