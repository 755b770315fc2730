/** Sentences for entries about runs of the user's rules. */
import { oneLine } from '../console/plain-line.js';
import { ruleLimits } from '../rules/rule-limits.js';
import type { Happening } from '../schema/events.js';
import type { RunEnd } from '../schema/rule-runs.js';
import { sentence, type Sentence } from '../../messages/messages.js';

type RuleHappening = Extract<Happening, { kind: 'rule-run' | 'rule-told' }>;

/** Most characters of a rule's name in a title. */
const longestName = 60;

export function ruleRunTitle(what: RuleHappening, server: string): Sentence {
  const rule = oneLine(what.rule, longestName);
  if (what.kind === 'rule-told') return sentence('events.rule-told', { server, rule });
  const isTrouble = what.isTold || what.isOff;
  return sentence(isTrouble ? 'events.rule-trouble' : 'events.rule-run', { server, rule });
}

export function ruleRunHow(what: RuleHappening): Sentence {
  if (what.kind === 'rule-told')
    return sentence('events.rule-told-how', { text: oneLine(what.text, ruleLimits.textLength) });
  return sentence(what.isOff ? 'events.rule-off-how' : 'events.rule-run-how', { end: endOf(what.end) });
}

function endOf(end: RunEnd): Sentence {
  switch (end) {
    case 'done':
    case 'ended':
    case 'unknown':
    case 'failed':
    case 'unsure':
    case 'late':
    case 'asleep':
    case 'interrupted':
    case 'stopped':
    case 'switched-off':
    case 'changed':
    case 'replaced':
      return sentence(`events.rule-end-${end}`);
    default:
      return sentence('events.rule-end-other');
  }
}
