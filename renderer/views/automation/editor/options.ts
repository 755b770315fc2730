/** Choices of the fields of a rule, in the language of the window. */
import { ruleEvents, ruleFigures } from '../../../../bridge/rules/rule-choices.js';
import type { RuleLeaf } from '../../../../bridge/schema/rule-parts.js';
import type { PowerState } from '../../../../bridge/schema/domain.js';
import { weekdayName } from '../../../../bridge/text/time-of-day.js';
import { say } from '../../../../messages/messages.js';

const states: readonly PowerState[] = ['offline', 'starting', 'running', 'stopping'];
const leaves: readonly RuleLeaf['kind'][] = ['state', 'figure', 'hours', 'free', 'unseen', 'ran-before'];

export const eventOptions = () =>
  ruleEvents.map((value) => ({ value, label: say(`own-rules.event-${value}`) }));
export const stateOptions = () => states.map((value) => ({ value, label: say(`states.${value}`) }));
export const figureOptions = () =>
  ruleFigures.map((value) => ({ value, label: say(`automation.figure-${value}`) }));
export const leafOptions = () => leaves.map((value) => ({ value, label: say(`automation.leaf-${value}`) }));

/** 0 = Monday. */
export const dayOptions = () => [0, 1, 2, 3, 4, 5, 6].map((value) => ({ value, label: weekdayName(value) }));
