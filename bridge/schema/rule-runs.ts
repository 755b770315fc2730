/**
 * The trace of a rule's cause (RULES "Trace"), and the state of runs on disk. Times are wall-clock times in ms since
 * the epoch, because records outlive a run of Perch.
 */
import * as z from 'zod';
import { problemSchema } from './problem.js';
import { ruleActSchema } from './rule-parts.js';
import { ruleLimits } from '../rules/rule-limits.js';

export const verdictSchema = z.union([z.boolean(), z.literal('unknown')]);
export type Verdict = z.infer<typeof verdictSchema>;

const sourceSchema = z.enum(['node', 'panel', 'query', 'console', 'clock', 'window', 'perch']);

/** A value that a condition saw. */
export const seenValueSchema = z.object({
  of: z.enum([
    'state',
    'cpu',
    'memory',
    'disk',
    'players',
    'uptime',
    'hours',
    'unseen',
    'ran-before',
    'free',
  ]),
  /** null = about no server. */
  on: z.string().nullable(),
  verdict: verdictSchema,
  /** null = the value is unknown. */
  value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
  source: sourceSchema.nullable(),
  ageMs: z.number().nullable(),
});
export type SeenValue = z.infer<typeof seenValueSchema>;

/** The cause of a run. `key` is the same for the same cause, also after a restart of Perch. */
const ruleCauseSchema = z.object({
  key: z.string().min(1).max(400),
  kind: z.enum([
    'event',
    'state',
    'figure',
    'time',
    'cron',
    'holds',
    'line',
    'backup',
    'schedule-stuck',
    'perch-started',
    'node-back',
    'by-hand',
  ]),
  at: z.number(),
  /** The number, the line or the entry that was seen, cut; null = nothing more to say. */
  value: z.union([z.string().max(ruleLimits.textLength), z.number()]).nullable(),
});
export type RuleCause = z.infer<typeof ruleCauseSchema>;

/**
 * How a step ended.
 * `sent` = on its way; `found` = Perch found after its restart that the order had been carried out; `wrong-state` = not
 * sent, because of the server's state; `would` = dry run; `cut` = the run ended meanwhile.
 */
const stepOutcomeSchema = z.enum([
  'sent',
  'done',
  'found',
  'refused',
  'unsure',
  'needless',
  'unknown',
  'wrong-state',
  'waiting',
  'waited',
  'late',
  'asleep',
  'true',
  'false',
  'would',
  'cut',
]);
export type StepOutcome = z.infer<typeof stepOutcomeSchema>;

const stepTraceSchema = z.object({
  /** Place of the step in the rule: `3`, `3.then.1`. */
  place: z.string().max(60),
  kind: z.enum([
    'power',
    'command',
    'backup',
    'warn',
    'pause-plan',
    'keep-log',
    'notify',
    'delay',
    'wait',
    'if',
    'end',
    'switch-off',
  ]),
  at: z.number(),
  endedAt: z.number().nullable(),
  outcome: stepOutcomeSchema,
  /** How often the panel was asked, if more than once. */
  tries: z.number().int().min(2).optional(),
  problem: problemSchema.nullable(),
  /** Values of a step "if", and those that ended the run during this step. */
  seen: z.array(seenValueSchema),
});
export type StepTrace = z.infer<typeof stepTraceSchema>;

/** How a cause ended (RULES "Trace"). */
export const runEndSchema = z.enum([
  'done',
  'ended',
  'condition',
  'unknown',
  'busy',
  'too-often',
  'too-few',
  'queue-full',
  'waited-too-long',
  'replaced',
  'failed',
  'unsure',
  'late',
  'asleep',
  'interrupted',
  'stopped',
  'switched-off',
  'changed',
  'unagreed',
]);
export type RunEnd = z.infer<typeof runEndSchema>;

/** The trace of one cause on one server. */
export const runRecordSchema = z.object({
  id: z.string(),
  ruleId: z.string(),
  serverId: z.string(),
  cause: ruleCauseSchema,
  isDry: z.boolean(),
  /** `agreedAt` of the rule then; missing in traces of earlier versions. */
  agreedAt: z.number().nullable().optional(),
  at: z.number(),
  endedAt: z.number(),
  end: runEndSchema,
  /** Further lines that ended alike within a minute, the last one at `endedAt`; missing = none. */
  repeats: z.number().int().positive().optional(),
  seen: z.array(seenValueSchema),
  steps: z.array(stepTraceSchema),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

/** Longer than any id that Perch takes from a panel: a longer one would cost the state of the whole rule. */
const backupId = z.string().max(200);

/** State of a run on disk, for an end of Perch in the middle. Times are wall-clock times. */
const keptRunSchema = z.object({
  id: z.string().max(ruleLimits.runIdLength),
  cause: ruleCauseSchema,
  at: z.number(),
  /** Place in the list of steps. */
  next: z.number().int().min(0),
  /** `sent` = an order may have left; `paused` = a delay or a wait; `turn` = waits for its turn at the panel. */
  phase: z.enum(['sent', 'paused', 'turn']),
  /** End of the time for the answer or the pause. */
  until: z.number(),
  /** The order that may have left. */
  order: z
    .object({
      id: z.string().max(ruleLimits.runIdLength + 100),
      serverId: z.string().max(300),
      act: ruleActSchema,
    })
    .nullable(),
  backup: backupId.nullable(),
  /** For a step in turn: since when its time counts, and how often the panel was asked. */
  turn: z
    .object({ since: z.number(), tries: z.number().int().min(0) })
    .nullable()
    .default(null),
  ending: runEndSchema.nullable(),
  /** Power signals of this run by server: when, and whether a restart has not been seen yet. */
  signals: z.record(z.string(), z.object({ at: z.number(), isUnseen: z.boolean() })),
  seen: z.array(seenValueSchema),
  steps: z.array(stepTraceSchema),
});
export type KeptRun = z.infer<typeof keptRunSchema>;

/** How the last run ended that began: time of its cause, its last step, and the backup that it began. */
const lastRunSchema = z.object({
  at: z.number(),
  end: runEndSchema,
  step: stepTraceSchema.nullable(),
  backup: backupId.nullable(),
});
export type LastRuleRun = z.infer<typeof lastRunSchema>;

/** Why a rule switched itself off: a step of it, or failed runs in a row. */
export const offBySchema = z.enum(['step', 'failures']);
export type OffBy = z.infer<typeof offBySchema>;

/** The state of one rule on disk. */
export const keptRuleSchema = z.object({
  ruleId: z.string().max(ruleLimits.idLength),
  /** Agreement under which the runs began; another agreement ends them. */
  agreedAt: z.number().nullable(),
  savedAt: z.number(),
  failures: z.number().int().min(0),
  /** Planned times, see `RuleTimes`; `ranAt` null = no run by plan. Earlier versions did not write the last two. */
  times: z.object({
    settledAt: z.number(),
    ranAt: z.number().nullable(),
    era: z.number().int().min(0),
    ranFor: z.number().nullable().default(null),
    plan: z.string().max(120).nullable().default(null),
  }),
  lastRun: lastRunSchema.nullable().default(null),
  /** Planned times that were missed, oldest first. */
  missed: z.array(z.number()).max(ruleLimits.missed),
  offBy: offBySchema.nullable(),
  /** Traces that the history may still lack. */
  unstored: z.array(runRecordSchema),
  causes: z.array(z.object({ key: z.string().max(400), at: z.number() })).max(ruleLimits.causes),
  lanes: z.record(
    z.string(),
    z.object({
      run: keptRunSchema.nullable(),
      queue: z.array(z.object({ cause: ruleCauseSchema, at: z.number() })).max(ruleLimits.queued),
      starts: z.array(z.number()).max(ruleLimits.times),
      /** Events too few for a run so far. */
      counted: z.array(z.number()).max(ruleLimits.repeats),
      /** The trigger's state has caused a run and has not been over since. */
      hasFired: z.boolean(),
    }),
  ),
});
export type KeptRule = z.infer<typeof keptRuleSchema>;
