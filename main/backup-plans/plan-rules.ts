/** The rules as which plans of backups act (RULES "Derived rules"). Pure. */
import { derivedId, originOf } from '../../bridge/rules/rule-origin.js';
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { ruleLimits } from '../../bridge/rules/rule-limits.js';
import { derivedRule } from '../rules/rule-sources.js';
import type { PlannedTrigger } from '../rules/rule-times.js';
import type { PlannedServer } from './planned-servers.js';

/** A plan keeps its agreement when its time of day changes, so a backup that waits already is still made. */
export const planAgreement = 1;

/** Less than a day, so that the next planned backup finds no run whose backup has no end. */
const endedMs = 12 * 3_600_000;
const end: RuleStep = { kind: 'wait', sign: { kind: 'backup' }, limitMs: endedMs, late: 'go-on' };

export const planRuleId = (serverId: string): string => derivedId('backup-plan', serverId);

/** The server of a rule; null = the rule is not of a plan. */
export function serverOfPlan(ruleId: string): string | null {
  return originOf(ruleId) === 'backup-plan' ? ruleId.slice(planRuleId('').length) : null;
}

export function planTrigger(minute: number): PlannedTrigger {
  return { kind: 'time', days: [0, 1, 2, 3, 4, 5, 6], minute };
}

export function planRule(serverId: string, name: string, { minute, quietly }: PlannedServer['plan']): Rule {
  return derivedRule('backup-plan', serverId, {
    name: oneLine(name, ruleLimits.nameLength) || serverId.slice(0, ruleLimits.nameLength),
    trigger: planTrigger(minute),
    condition: null,
    steps: [{ kind: 'backup', on: null, quietly, inTurn: true }, end],
    agreedAt: planAgreement,
  });
}
