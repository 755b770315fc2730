/**
 * Last look before an order leaves, for rules whose trigger must be true throughout the run (`throughout`). Pure.
 *
 * The driver writes the state to the disk between the decision and the order. Meanwhile somebody may have joined.
 */
import { judge } from '../../bridge/rules/judge.js';
import type { RuleState } from './rule-state.js';
import type { RunMoment } from './run-state.js';

/** Why Perch must not send the order: a condition is false or unknown. null = Perch may send it. */
export function orderObstacle(
  { rule, lanes }: Pick<RuleState, 'rule' | 'lanes'>,
  order: string,
  at: RunMoment,
): 'condition' | 'unknown' | null {
  const { trigger, condition } = rule;
  const found = Object.entries(lanes).find(([, { run }]) => run?.order?.id === order);
  if (trigger.kind !== 'holds' || trigger.throughout !== true || found === undefined) return null;
  const [serverId, { held }] = found;
  // The trigger may be true again after somebody came and left.
  const isBroken = held.since === null || held.since > (held.firedAt ?? Infinity);
  if (isBroken) return 'condition';
  const moment = { ...at, ruleId: rule.id };
  const verdicts = [trigger.condition, ...(condition === null ? [] : [condition])].map(
    (one) => judge(one, moment, serverId).verdict,
  );
  if (verdicts.includes(false)) return 'condition';
  return verdicts.includes('unknown') ? 'unknown' : null;
}
