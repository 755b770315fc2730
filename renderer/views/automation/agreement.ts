/** Everything that a rule may do, in one sentence that the user agrees to when the rule is saved. */
import { ruleWords } from '../../../bridge/rules/rule-words.js';
import type { RuleStep } from '../../../bridge/schema/rule-parts.js';
import type { Rule } from '../../../bridge/schema/rules.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { duration } from '../../../bridge/text/duration.js';
import { say, spoken } from '../../../messages/messages.js';
import type { FleetFeed } from '../../state/fleet/fleet-feed.svelte.js';
import { serverName, stepName, targetName } from './rule-names.js';

/** Steps that leave Perch as an order, each sentence once. */
function orders(steps: readonly RuleStep[], nameOf: (step: RuleStep) => string): string[] {
  const all = steps.flatMap((step): string[] => {
    switch (step.kind) {
      case 'if':
        return [...orders(step.then, nameOf), ...orders(step.else, nameOf)];
      case 'delay':
      case 'wait':
      case 'end':
        return [];
      default:
        return [nameOf(step)];
    }
  });
  return [...new Set(all)];
}

export function agreementWords(
  rule: Rule,
  fleet: Pick<FleetFeed, 'server' | 'beside'>,
  settings: Pick<Settings, 'groups'>,
): string {
  const acts = orders(rule.steps, (step) => stepName(step, fleet));
  const when = spoken(ruleWords(rule, (id) => serverName(fleet, id)).trigger);
  if (acts.length === 0) return say('automation.agree-nothing', { when });
  return say('automation.agree', {
    when,
    servers: targetName(rule.target, fleet, settings),
    acts: acts.join('; '),
    count: rule.atMost.times,
    time: duration(rule.atMost.withinMs),
  });
}
