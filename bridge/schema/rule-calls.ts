/** Calls and views of the rules of the user (RULES "A rule"). Times are wall-clock times in ms since the epoch. */
import * as z from 'zod';
import { ruleConditionSchema } from './rule-parts.js';
import { ruleOrigins } from '../rules/rule-origin.js';
import { ruleLimits } from '../rules/rule-limits.js';
import { offBySchema, runEndSchema, runRecordSchema, seenValueSchema, verdictSchema } from './rule-runs.js';
import { ruleSchema } from './rules.js';

const nothing = z.void();
const ruleId = z.string().min(1).max(ruleLimits.idLength);
const serverId = z.string().min(1).max(300);
const ruleRef = z.object({ id: ruleId });

/** A rule with the state of its runs. */
export const ruleViewSchema = z.object({
  rule: ruleSchema,
  /** Derived rules come from a setting of a server, and are changed there alone. */
  origin: z.enum(ruleOrigins),
  /** Why the rule switched itself off; null = it did not. */
  offBy: offBySchema.nullable(),
  /** Failed runs in a row. */
  failures: z.number(),
  /** Planned times that were missed, oldest first. */
  missed: z.array(z.number()),
  /** The next planned time; null = none. */
  next: z.number().nullable(),
  /** Servers on which a run is under way. */
  underWay: z.array(z.string()),
  /** The last cause that this run of Perch saw, or the history has; null = none. */
  last: z.object({ at: z.number(), end: runEndSchema, serverId: z.string() }).nullable(),
});
export type RuleView = z.infer<typeof ruleViewSchema>;

export const ruleContract = {
  /**
   * Saves a rule; main gives a new rule its id. `replaces` = the rule as the form got it, null for a new rule: rejects with
   * `conflict` if the kept rule differs. Main ignores `agreedAt` of the input: `isAgreed` sets it to the current time,
   * otherwise a changed rule has null and does not act. Another name or `isOn` is no change. Rejects with `invalid` beyond
   * the limit of rules.
   */
  'rules.save': {
    input: z.object({ rule: ruleSchema, replaces: ruleSchema.nullable(), isAgreed: z.boolean() }),
    output: ruleSchema,
  },
  /** Rejects with `invalid` if a rule to switch on has not been agreed to. */
  'rules.setOn': { input: ruleRef.extend({ isOn: z.boolean() }), output: nothing },
  /** Removes the rule and ends its runs. Its traces stay. */
  'rules.remove': { input: ruleRef, output: nothing },
  /**
   * Runs the rule now, on these servers or on all of the rule (null). Conditions and limits count. With `isDry` no order
   * leaves, and the answer has the traces; the traces of real runs come with `rules.records`.
   */
  'rules.run': {
    input: ruleRef.extend({ serverIds: z.array(serverId).min(1).max(500).nullable(), isDry: z.boolean() }),
    output: z.object({ records: z.array(runRecordSchema) }),
  },
  /**
   * Ends the runs of the rule on these servers, after the answer to an order that has left. A lasting trigger must be true
   * for its whole time again.
   */
  'rules.stopRun': {
    input: ruleRef.extend({ serverIds: z.array(serverId).min(1).max(500) }),
    output: nothing,
  },
  /** Whether a condition is true now, with the values that decide. */
  'rules.judge': {
    input: z.object({ condition: ruleConditionSchema, serverId: serverId.nullable() }),
    output: z.object({ verdict: verdictSchema, seen: z.array(seenValueSchema) }),
  },
  /** Traces, newest first. `before` = the last trace of the previous page. */
  'rules.records': {
    input: z.object({
      ruleId: ruleId.nullable(),
      serverId: serverId.nullable(),
      before: z.object({ at: z.number(), id: z.string().max(ruleLimits.runIdLength) }).nullable(),
      count: z.number().int().min(1).max(200),
    }),
    output: z.object({ records: z.array(runRecordSchema), isEnd: z.boolean() }),
  },
  /** The user has seen the missed times. */
  'rules.forgetMissed': { input: ruleRef, output: nothing },
};
