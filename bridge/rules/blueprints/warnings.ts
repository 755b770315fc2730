/** Warnings to players before a change, as steps of a rule. Pure. */
import { duration } from '../../text/duration.js';
import type { RuleStep } from '../../schema/rule-parts.js';
import { minuteMs } from './blueprint.js';

/** Minutes before the end at which players hear a warning again. */
const again = [15, 5, 1];

/** A first warning, more of them as the time comes near, and the delays in between. `minutes` 0 = none. */
export function warnings(minutes: number, textFor: (time: string) => string): readonly RuleStep[] {
  const marks = [minutes, ...again.filter((mark) => mark < minutes)].filter((mark) => mark > 0);
  return marks.flatMap((mark, index): readonly RuleStep[] => [
    { kind: 'warn', on: null, text: textFor(duration(mark * minuteMs)) },
    { kind: 'delay', ms: (mark - (marks[index + 1] ?? 0)) * minuteMs },
  ]);
}
