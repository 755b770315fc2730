/** Parts of a rule: triggers, conditions, steps (RULES "A rule"). Durations are in ms. */
import * as z from 'zod';
import { ruleEvents, ruleFigures } from '../rules/rule-choices.js';
import { ruleLimits as most } from '../rules/rule-limits.js';
import { powerSignalSchema, powerStateSchema } from './domain.js';

const id = z.string().min(1).max(300);
const text = z.string().min(1).max(most.textLength);
/** A text that is one line for a console. */
const line = text.regex(/^[^\p{Cc}\u2028\u2029]+$/u);
/** A text that a line of the console contains; `*` stands for any characters (RULES "Lines"). */
const lineText = line.refine((one) => /[^*\s]/.test(one));
const duration = z.number().int().min(1000).max(most.longestMs);
const minuteOfDay = z.number().int().min(0).max(1439);
/** 0 = Monday. */
const weekdays = z.array(z.number().int().min(0).max(6)).min(1).max(7);
/** The server that a part is about; null = the server of the run. */
const on = id.nullable();

const ruleFigureSchema = z.enum(ruleFigures);
export type RuleFigure = z.infer<typeof ruleFigureSchema>;

const leaf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), on, is: z.array(powerStateSchema).min(1).max(4) }),
  /** `atLeast` and `atMost` include the number; null = no bound. */
  z.object({
    kind: z.literal('figure'),
    on,
    of: ruleFigureSchema,
    atLeast: z.number().min(0).max(10_000).nullable(),
    atMost: z.number().min(0).max(10_000).nullable(),
  }),
  /** Local time of day from `from` until before `to`; past midnight if `to` is not after `from`. Days of the beginning. */
  z.object({ kind: z.literal('hours'), days: weekdays, from: minuteOfDay, to: minuteOfDay }),
  /** Nobody looks at a window of Perch. */
  z.object({ kind: z.literal('unseen') }),
  /** The server ran when its node was lost; the node is away, or came back a short time ago. */
  z.object({ kind: z.literal('ran-before'), on }),
  /** Perch does nothing else with the server: no signal, no quiet backup, no announced restart, no run of another rule. */
  z.object({ kind: z.literal('free'), on }),
]);
export type RuleLeaf = z.infer<typeof leaf>;

export type RuleCondition =
  | RuleLeaf
  | { readonly kind: 'all' | 'any'; readonly parts: readonly RuleCondition[] }
  | { readonly kind: 'not'; readonly part: RuleCondition };

/** One schema for each level: a file with thousands of levels must not exhaust the stack. */
function conditionOf(levels: number): z.ZodType<RuleCondition> {
  if (levels === 1) return leaf;
  const part = conditionOf(levels - 1);
  const parts = z.array(part).min(1).max(most.conditions);
  return z.union([
    leaf,
    z.object({ kind: z.enum(['all', 'any']), parts }),
    z.object({ kind: z.literal('not'), part }),
  ]);
}
export const ruleConditionSchema = conditionOf(most.conditionLevels);

export const ruleTriggerSchema = z.discriminatedUnion('kind', [
  /** An entry of the event log is written. */
  z.object({ kind: z.literal('event'), events: z.array(z.enum(ruleEvents)).min(1).max(ruleEvents.length) }),
  /** The same entry is written for one server so many times in this time. */
  z.object({
    kind: z.literal('repeated'),
    event: z.enum(ruleEvents),
    times: z.number().int().min(2).max(most.repeats),
    withinMs: z.number().int().min(1000).max(most.longestMs),
  }),
  /**
   * The condition has been true for so long, without a gap in what Perch knows. `throughout` = the run begins once the
   * condition of the rule is true as well, and ends when the trigger or the condition is no longer true; then Perch counts
   * the time from zero.
   */
  z.object({
    kind: z.literal('holds'),
    condition: ruleConditionSchema,
    forMs: duration,
    throughout: z.literal(true).optional(),
  }),
  /** The server has had this state for so long, without a gap in what Perch knows. */
  z.object({ kind: z.literal('state'), state: powerStateSchema, forMs: duration }),
  /** The figure has been above this number for so long, without a gap in what Perch knows. */
  z.object({
    kind: z.literal('figure'),
    of: ruleFigureSchema,
    above: z.number().min(0).max(10_000),
    forMs: duration,
  }),
  /** At this time of the local clock on these days of the week. */
  z.object({ kind: z.literal('time'), days: weekdays, minute: minuteOfDay }),
  /**
   * At the times of a cron expression of five fields, by the local clock. The schema sees the form alone; `rules.save`
   * refuses a text that is no cron expression or that never comes.
   */
  z.object({
    kind: z.literal('cron'),
    cron: z
      .string()
      .max(100)
      .regex(/^\S+(?: \S+){4}$/),
  }),
  /** A line of the console contains the text. */
  z.object({ kind: z.literal('line'), text: lineText }),
  /** A backup has ended; `isGood` null = either way. */
  z.object({ kind: z.literal('backup'), isGood: z.boolean().nullable() }),
  /** A schedule of the panel is overdue, or does not end. */
  z.object({ kind: z.literal('schedule-stuck') }),
  z.object({ kind: z.literal('perch-started') }),
  /** The server's node answers again. */
  z.object({ kind: z.literal('node-back') }),
  /** Only a press of the user. */
  z.object({ kind: z.literal('by-hand') }),
]);
export type RuleTrigger = z.infer<typeof ruleTriggerSchema>;

/**
 * The sign that a step waits for. A `line` counts if it contains the text; a `backup` is the last one that this run
 * began;
 * `players` = a number of players that came after the wait began; with `atMost` the answer to a question that Perch asks
 * for this wait, and a higher number ends the run.
 */
const ruleSignSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), on, state: powerStateSchema }),
  z.object({ kind: z.literal('line'), on, text: lineText }),
  z.object({ kind: z.literal('backup') }),
  z.object({ kind: z.literal('players'), on, atMost: z.number().int().min(0).max(10_000).optional() }),
]);
export type RuleSign = z.infer<typeof ruleSignSchema>;

export const ruleActSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('power'), on, signal: powerSignalSchema.exclude(['kill']) }),
  z.object({ kind: z.literal('command'), on, command: line }),
  /** `inTurn` = waits for its turn at the panel, and is tried again while the panel is busy (RULES "Turns"). */
  z.object({ kind: z.literal('backup'), on, quietly: z.boolean(), inTurn: z.boolean().optional() }),
  /** Warns the players of the server. `mayFail` = the run continues if the warning fails. */
  z.object({ kind: z.literal('warn'), on, text: line, mayFail: z.literal(true).optional() }),
  /** Switches the plan off by which Perch backs this server up. */
  z.object({ kind: z.literal('pause-plan'), on }),
  /** Writes the lines of the console that Perch has to a file. */
  z.object({ kind: z.literal('keep-log'), on }),
  /** Tells the user, on the desktop and by the channels that are set up. */
  z.object({ kind: z.literal('notify'), text }),
]);
/** A step that leaves Perch as an order. */
export type RuleAct = z.infer<typeof ruleActSchema>;

const pause = z.discriminatedUnion('kind', [
  /** `spreadMs` = up to so much longer, at random, so that two computers do not act in the same second. */
  z.object({
    kind: z.literal('delay'),
    ms: duration,
    spreadMs: z.number().int().min(0).max(60_000).optional(),
  }),
  /** `late` = the run's reaction if the sign does not come in time. */
  z.object({
    kind: z.literal('wait'),
    sign: ruleSignSchema,
    limitMs: duration,
    late: z.enum(['go-on', 'end']),
  }),
]);
export type RulePause = z.infer<typeof pause>;

const ending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('end') }),
  /** Ends the run and switches the rule off. */
  z.object({ kind: z.literal('switch-off') }),
]);

export type RuleStep =
  | RuleAct
  | RulePause
  | z.infer<typeof ending>
  | {
      readonly kind: 'if';
      readonly condition: RuleCondition;
      readonly then: readonly RuleStep[];
      readonly else: readonly RuleStep[];
    };

function stepOf(levels: number): z.ZodType<RuleStep> {
  const plain = z.union([ruleActSchema, pause, ending]);
  if (levels === 1) return plain;
  const inner = z.array(stepOf(levels - 1)).max(most.steps);
  return z.union([
    plain,
    z.object({ kind: z.literal('if'), condition: ruleConditionSchema, then: inner, else: inner }),
  ]);
}
export const ruleStepSchema = stepOf(most.stepLevels);

/** Servers that the rule is about; `event` = the server of the entry, for triggers that have one. */
export const ruleTargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), serverId: id }),
  z.object({ kind: z.literal('group'), groupId: id }),
  z.object({ kind: z.literal('event') }),
]);
export type RuleTarget = z.infer<typeof ruleTargetSchema>;

/** What happens to a cause while a run on the same server is under way. */
export const ruleModeSchema = z.enum(['single', 'restart', 'queue']);
