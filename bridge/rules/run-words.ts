/** Runs in words: their end, their cause, and the answer to each step. */
import type { RuleCause, RunEnd, RunRecord, StepOutcome, StepTrace } from '../schema/rule-runs.js';
import type { Rule } from '../schema/rules.js';
import { say, spoken } from '../../messages/messages.js';
import { timeOfDay } from '../text/time-of-day.js';
import { ruleWords } from './rule-words.js';

type Tone = 'good' | 'bad' | 'still';

const good: readonly RunEnd[] = ['done', 'ended'];
const bad: readonly RunEnd[] = ['failed', 'unsure', 'late', 'asleep', 'interrupted'];

/** `still` = no effect, as the rule says. */
export function toneOf(end: RunEnd): Tone {
  if (good.includes(end)) return 'good';
  return bad.includes(end) ? 'bad' : 'still';
}

const goodSteps: readonly StepOutcome[] = ['done', 'found', 'needless', 'waited', 'true', 'false', 'would'];
const badSteps: readonly StepOutcome[] = ['refused', 'unsure', 'unknown', 'wrong-state', 'late', 'asleep'];

export function toneOfStep(outcome: StepOutcome): Tone {
  if (goodSteps.includes(outcome)) return 'good';
  return badSteps.includes(outcome) ? 'bad' : 'still';
}

/** How the run ended; a dry run had no effect. */
export function endWords({ end, isDry }: Pick<RunRecord, 'end' | 'isDry'>): string {
  return say(isDry && end === 'done' ? 'automation.ended-would' : `automation.ended-${end}`);
}

/** How often the same line came again; null = never. */
export function repeatsWords({ repeats, endedAt }: Pick<RunRecord, 'repeats' | 'endedAt'>): string | null {
  if (repeats === undefined) return null;
  return say('automation.repeats', { count: repeats, time: timeOfDay(endedAt) });
}

/** The cause, with the line, the entry or the number that was seen. */
export function causeWords(cause: Pick<RuleCause, 'kind' | 'value'>): string {
  const words = say(`automation.cause-${cause.kind}`);
  return cause.value === null ? words : say('automation.cause-value', { cause: words, value: cause.value });
}

/**
 * Words of each step by its place. Empty if the rule was changed after the run, because a place may mean another step
 * now; then the kind of the step stands for it.
 */
export function stepWordsOf(
  record: Pick<RunRecord, 'agreedAt' | 'at' | 'isDry'>,
  rule: Rule | null,
  nameOf: (id: string) => string | null,
): ReadonlyMap<string, string> {
  if (rule === null) return new Map();
  if (!isSameRule(record, rule)) return new Map();
  return new Map(ruleWords(rule, nameOf).steps.map(({ place, words }) => [place, spoken(words)]));
}

function isSameRule(
  { agreedAt, at, isDry }: Pick<RunRecord, 'agreedAt' | 'at' | 'isDry'>,
  rule: Rule,
): boolean {
  if (isDry) return true;
  if (agreedAt !== undefined) return agreedAt === rule.agreedAt;
  return rule.agreedAt !== null && rule.agreedAt <= at;
}

export function kindWords(step: Pick<StepTrace, 'kind'>): string {
  return say(`automation.step-${step.kind}`);
}
