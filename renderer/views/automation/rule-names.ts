/** Names in rules: names of servers, and of a rule's targets. */
import { besideText, nameBeside } from '../../../bridge/fleet/beside-names.js';
import { originOf, type DerivedOrigin } from '../../../bridge/rules/rule-origin.js';
import { ruleWords } from '../../../bridge/rules/rule-words.js';
import type { RuleView } from '../../../bridge/schema/rule-calls.js';
import type { Rule } from '../../../bridge/schema/rules.js';
import type { RuleStep, RuleTarget } from '../../../bridge/schema/rule-parts.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { say, spoken } from '../../../messages/messages.js';
import type { FleetFeed } from '../../state/fleet/fleet-feed.svelte.js';

/** Whether a setting of a server stands for the rule. */
export function isDerived(view: RuleView): view is RuleView & { readonly origin: DerivedOrigin } {
  return view.origin !== 'own';
}

/** Title of a rule in a list; `rule` null = the rule was removed. */
export function ruleTitle(ruleId: string, rule: Pick<Rule, 'name'> | null): string {
  const origin = originOf(ruleId);
  if (origin !== 'own') return say(`automation.origin-${origin}`);
  return rule?.name ?? say('automation.rule-gone');
}

type Names = Pick<FleetFeed, 'server' | 'beside'>;

/** null = Perch no longer has the server. */
export function serverName(fleet: Names, id: string): string | null {
  const server = fleet.server(id);
  return server === undefined ? null : nameBeside(server.name, besideText(fleet.beside.get(id)));
}

/** Name of a rule's target: a server, a group, the server of the event. */
export function targetName(target: RuleTarget, fleet: Names, { groups }: Pick<Settings, 'groups'>): string {
  switch (target.kind) {
    case 'server':
      return serverName(fleet, target.serverId) ?? say('automation.server-gone');
    case 'group':
      return groups.find(({ id }) => id === target.groupId)?.name ?? say('automation.group-gone');
    case 'event':
      return say('automation.target-event');
  }
}

/** One step in words, without the steps inside of an "if". */
export function stepName(step: RuleStep, fleet: Names): string {
  const [first] = ruleWords({ trigger: { kind: 'node-back' }, condition: null, steps: [step] }, (id) =>
    serverName(fleet, id),
  ).steps;
  return first === undefined ? '' : spoken(first.words);
}
