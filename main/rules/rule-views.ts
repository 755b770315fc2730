/** What windows see of a rule. Pure. */
import type { RuleView } from '../../bridge/schema/rule-calls.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { RuleState } from './rule-state.js';
import { isPlanned, nextPlanned } from './rule-times.js';
import type { RunMoment } from './run-state.js';

export type LastEnd = NonNullable<RuleView['last']>;

export function viewOf(
  rule: Rule,
  state: RuleState | undefined,
  { last, moment }: { readonly last: LastEnd | null; readonly moment: Pick<RunMoment, 'wall' | 'calendar'> },
): RuleView {
  const { offBy = null, failures = 0, missed = [], lanes = {} } = state ?? {};
  const isActing = rule.isOn && rule.agreedAt !== null;
  const { trigger } = rule;
  return {
    rule,
    offBy: rule.isOn ? null : offBy,
    failures,
    missed: [...missed],
    next: isActing && isPlanned(trigger) ? nextPlanned(trigger, moment.wall, moment.calendar) : null,
    underWay: Object.entries(lanes).flatMap(([serverId, { run }]) => (run === null ? [] : [serverId])),
    last,
  };
}
