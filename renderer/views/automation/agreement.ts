/** Everything that a rule may do, in one sentence that the user agrees to when the rule is saved. */
import { ruleWords, timeOf } from '../../../bridge/rules/rule-words.js';
import type { RuleStep, RuleTrigger } from '../../../bridge/schema/rule-parts.js';
import type { Rule } from '../../../bridge/schema/rules.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { duration } from '../../../bridge/text/duration.js';
import { say, spoken } from '../../../messages/messages.js';
import type { FleetFeed } from '../../state/fleet/fleet-feed.svelte.js';
import { serverName, stepName, targetName } from './rule-names.js';

const minuteMs = 60_000;
const dayMinutes = 1440;

/** An order, and how long after the beginning it leaves; null = after a wait, whose length nobody knows. */
interface Act {
  readonly words: string;
  readonly afterMs: number | null;
}

/** Steps that leave Perch as an order, in their order, and the time after the last of them. */
function actsOf(
  steps: readonly RuleStep[],
  nameOf: (step: RuleStep) => string,
  fromMs: number | null,
): { readonly acts: readonly Act[]; readonly afterMs: number | null } {
  const acts: Act[] = [];
  let afterMs = fromMs;
  for (const step of steps) {
    if (step.kind === 'delay') afterMs = afterMs === null ? null : afterMs + step.ms;
    else if (step.kind === 'wait') afterMs = null;
    else if (step.kind === 'if') {
      const [one, other] = [actsOf(step.then, nameOf, afterMs), actsOf(step.else, nameOf, afterMs)];
      acts.push(...one.acts, ...other.acts);
      afterMs = one.afterMs === other.afterMs ? one.afterMs : null;
    } else if (step.kind !== 'end') acts.push({ words: nameOf(step), afterMs });
  }
  return { acts, afterMs };
}

/** The order with its time: a restart at 4:00 that warns players ten minutes before begins at 3:50. */
function timed({ words, afterMs }: Act, trigger: RuleTrigger): string {
  if (afterMs === null || afterMs === 0) return words;
  const minutes = afterMs / minuteMs;
  if (trigger.kind !== 'time' || !Number.isInteger(minutes))
    return say('automation.agree-act-after', { act: words, time: duration(afterMs) });
  return say('automation.agree-act-at', {
    act: words,
    time: timeOf((trigger.minute + minutes) % dayMinutes),
  });
}

export function agreementWords(
  rule: Rule,
  fleet: Pick<FleetFeed, 'server' | 'beside'>,
  settings: Pick<Settings, 'groups'>,
): string {
  const { trigger, condition } = ruleWords(rule, (id) => serverName(fleet, id));
  const { acts } = actsOf(rule.steps, (step) => stepName(step, fleet), 0);
  const when = spoken(trigger);
  if (acts.length === 0) return say('automation.agree-nothing', { when });
  const each = new Set(acts.map((act) => timed(act, rule.trigger)));
  const words = say('automation.agree', {
    when,
    servers: targetName(rule.target, fleet, settings),
    acts: [...each].reduce((acts, act) => say('automation.agree-acts', { acts, act })),
    count: rule.atMost.times,
    time: duration(rule.atMost.withinMs),
  });
  if (condition === null) return words;
  return `${words} ${say('automation.agree-only-if', { condition: spoken(condition) })}`;
}
