/**
 * Verbs about the user's rules for the command line and for programs, which read alone. Times are wall-clock times in ms
 * since the epoch. Names and texts are safe for a terminal.
 */
import * as z from 'zod';
import { ruleViewSchema } from './rule-calls.js';
import { runRecordSchema, seenValueSchema } from './rule-runs.js';

/** Name of a server; null = Perch no longer has the server. */
const serverSchema = z.string().nullable();

const remoteRuleSchema = ruleViewSchema.pick({ failures: true, missed: true, next: true }).extend({
  id: z.string(),
  name: z.string(),
  /** Whether the rule acts. */
  isOn: z.boolean(),
  /** Why the rule does not act: a person, a missing agreement, a step of it, or failed runs in a row; null = it acts. */
  offBy: z.enum(['person', 'unagreed', 'step', 'failures']).nullable(),
  /** Target of the rule. `name` = the server or the group; null = no longer there, or the server of the event. */
  target: z.object({ kind: z.enum(['server', 'group', 'event']), name: z.string().nullable() }),
  /** The rule in words. */
  trigger: z.string(),
  condition: z.string().nullable(),
  /** `place` is that of the step in a run: `3`, `3.then.1`, and `3.else` for "Otherwise". */
  steps: z.array(z.object({ place: z.string(), text: z.string() })),
  /** Servers on which a run is under way. */
  underWay: z.array(serverSchema),
  /** The newest cause, also if a condition stopped its run; null = none. */
  last: z.object({ at: z.number(), end: runRecordSchema.shape.end, server: serverSchema }).nullable(),
});
export type RemoteRule = z.infer<typeof remoteRuleSchema>;

/** `server` is also null for values that are about no server. */
const remoteSeenSchema = seenValueSchema.omit({ on: true }).extend({ server: serverSchema });
export type RemoteSeen = z.infer<typeof remoteSeenSchema>;

const ofRun = { isDry: true, at: true, endedAt: true, end: true, repeats: true } as const;
const remoteRunSchema = runRecordSchema.pick(ofRun).extend({
  server: serverSchema,
  /** `value` is null for a program if it is a line of a console. */
  cause: runRecordSchema.shape.cause.omit({ key: true }),
  seen: z.array(remoteSeenSchema),
  steps: z.array(
    runRecordSchema.shape.steps.element.extend({
      /** The step in words; null = the rule was changed after the run, so only its kind is known. */
      text: z.string().nullable(),
      /** Why the step failed, and the next step of the person. */
      problem: z.string().nullable(),
      seen: z.array(remoteSeenSchema),
    }),
  ),
});
export type RemoteRun = z.infer<typeof remoteRunSchema>;

export const remoteRuleVerbs = {
  rules: {
    input: z.object({}),
    event: z.never(),
    output: z.object({ rules: z.array(remoteRuleSchema) }),
  },
  /** The last runs of one rule, oldest first. */
  ruleRuns: {
    input: z.object({
      /** Name or id of the rule. */
      rule: z.string().min(1).max(200),
      limit: z.number().int().min(0).max(200),
    }),
    event: z.never(),
    output: z.object({ rule: remoteRuleSchema, runs: z.array(remoteRunSchema) }),
  },
};
