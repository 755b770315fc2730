/** All feeds from main to the windows. */
import * as z from 'zod';
import { languages } from '../../messages/messages.js';
import { changeSchema, fleetSnapshotSchema } from './changes.js';
import { diagnosisSchema } from './diagnosis.js';
import { bulkRunSchema, consoleLineSchema, linkSchema } from './domain.js';
import { historyEventSchema } from './events.js';
import { usageStretchSchema } from './history.js';
import { shownMemorySchema } from './memory.js';
import { remoteConsentSchema } from './remote-consent.js';
import { sentenceSchema } from './sentence.js';
import { serverRef } from './server-calls.js';
import { settingsSchema } from './settings.js';
import { updatesSchema } from './updates.js';
import { viewSchema } from './view.js';
import { warnedRestartSchema } from './warned-restart.js';

const nothing = z.void();

/** Notice about something that the user should know but need not act on. */
const noticeSchema = z.object({ id: z.string(), message: sentenceSchema, next: sentenceSchema });
export type Notice = z.infer<typeof noticeSchema>;

/**
 * Time during which nobody looked at the window (ms since the epoch).
 * `from` is 0 if it began before this run of Perch.
 */
const absenceSchema = z.object({ from: z.number(), to: z.number() });
export type Absence = z.infer<typeof absenceSchema>;

/**
 * Feed name -> params, snapshot (always the first event) and change (each later event).
 * With `leavesOut`, list elements that do not parse are left out; otherwise the feed ends with a problem.
 */
export const feeds = {
  /** Contains several accounts: invalid data of one panel must not hide the others. */
  fleet: {
    params: nothing,
    snapshot: fleetSnapshotSchema,
    change: z.array(changeSchema),
    leavesOut: true,
  },
  /** Console of one server: the lines that main holds, then batches of new lines. */
  console: {
    params: serverRef,
    snapshot: z.object({ lines: z.array(consoleLineSchema), link: linkSchema }),
    change: z.object({
      lines: z.array(consoleLineSchema).optional(),
      link: linkSchema.optional(),
      /** True = clear first; the lines of a new start follow. */
      reset: z.boolean().optional(),
    }),
  },
  /** Usage of one server: the last hour from the history, then new samples. */
  usage: {
    params: serverRef,
    snapshot: z.object({ samples: z.array(usageStretchSchema) }),
    change: z.object({ samples: z.array(usageStretchSchema) }),
  },
  /** The current bulk action, or the last one until it is dismissed. */
  bulk: { params: nothing, snapshot: bulkRunSchema.nullable(), change: bulkRunSchema.nullable() },
  /** Warned restarts: those that count down, and results until they are dismissed. */
  warned: {
    params: nothing,
    snapshot: z.array(warnedRestartSchema),
    change: z.array(warnedRestartSchema),
  },
  /** Recent events, oldest first; then new and updated events. */
  events: {
    params: nothing,
    snapshot: z.array(historyEventSchema),
    change: z.array(historyEventSchema),
    leavesOut: true,
  },
  /** The latest period in which nobody looked at this window; null if it was shorter than 10 minutes. */
  absence: { params: nothing, snapshot: absenceSchema.nullable(), change: absenceSchema.nullable() },
  /** Notices about problems of Perch's own files, until dismissed. */
  notices: { params: nothing, snapshot: z.array(noticeSchema), change: z.array(noticeSchema) },
  /** The diagnostics of this run of Perch; null before the first. */
  diagnosis: {
    params: nothing,
    snapshot: diagnosisSchema.nullable(),
    change: diagnosisSchema.nullable(),
  },
  /** Open questions of programs, and temporary permissions. */
  consent: { params: nothing, snapshot: remoteConsentSchema, change: remoteConsentSchema },
  memory: { params: nothing, snapshot: shownMemorySchema, change: shownMemorySchema },
  settings: { params: nothing, snapshot: settingsSchema, change: settingsSchema },
  updates: { params: nothing, snapshot: updatesSchema, change: updatesSchema },
  /** Language of the windows; may change at any time. */
  language: { params: nothing, snapshot: z.enum(languages), change: z.enum(languages) },
  /** Main's monotonic time (ms since the epoch), the basis of all timestamps. Sent again after each sleep. */
  clock: { params: nothing, snapshot: z.number(), change: z.number() },
  navigation: { params: nothing, snapshot: viewSchema, change: viewSchema },
  /** State of the global shortcut; `taken` = another program holds its keys. */
  shortcut: {
    params: nothing,
    snapshot: z.enum(['none', 'active', 'taken']),
    change: z.enum(['none', 'active', 'taken']),
  },
  /** Counts how often a palette was requested for this window from outside. */
  palette: { params: nothing, snapshot: z.number(), change: z.number() },
  /** True if the user closed this window and it stays hidden because of its drafts. */
  closed: { params: nothing, snapshot: z.boolean(), change: z.boolean() },
} satisfies Record<string, { params: z.ZodType; snapshot: z.ZodType; change: z.ZodType; leavesOut?: true }>;
