/** All feeds from main to the windows. */
import * as z from 'zod';
import { languages } from '../../messages/messages.js';
import { channelStateSchema } from './alert-channels.js';
import { archivePartSchema, serverCopiesSchema } from './backup-copies.js';
import { backupPlanSchema } from './backup-plans.js';
import { serverBackupsSchema } from './backups.js';
import { changeSchema, fleetSnapshotSchema } from './changes.js';
import { diagnosisSchema } from './diagnosis.js';
import { linkSchema } from './domain.js';
import { consoleLineSchema } from './console-line.js';
import { bulkRunSchema } from './bulk.js';
import { editedFileSchema } from './edited-files.js';
import { historyEventSchema } from './events.js';
import { serverActivitySchema } from './fleet-activity.js';
import { serverPeopleSchema } from './fleet-people.js';
import { serverSchedulesSchema } from './fleet-schedules.js';
import { usageSampleSchema } from './history.js';
import { shownMemorySchema } from './memory.js';
import { remoteConsentSchema } from './remote-consent.js';
import { serverPlayersSchema } from './players.js';
import { revisedFileRef } from './revision-calls.js';
import { revisionSchema } from './revisions.js';
import { ruleViewSchema } from './rule-calls.js';
import { sentenceSchema } from './sentence.js';
import { folderPartSchema, foundPartSchema, pathSchema } from './files.js';
import { serverRef } from './server-calls.js';
import { settingsSchema } from './settings.js';
import { fileBackupSchema } from './file-backups.js';
import { quietBackupSchema } from './quiet-backups.js';
import { transferSchema } from './transfers.js';
import { updatesSchema } from './updates.js';
import { viewSchema } from './view.js';
import { warnedRestartSchema } from './warned-restart.js';
import { emptyWatchSchema } from './when-empty.js';

const nothing = z.void();

/** Notice for the user that needs no action. */
const noticeSchema = z.object({ id: z.string(), message: sentenceSchema, next: sentenceSchema });
export type Notice = z.infer<typeof noticeSchema>;

/**
 * Time during which nobody looked at the window (ms since the epoch).
 * `from` is 0 if it began before this run of Perch.
 */
const absenceSchema = z.object({ from: z.number(), to: z.number() });
export type Absence = z.infer<typeof absenceSchema>;

/** A feed without params, whose changes are the whole value. */
const ofValue = <T extends z.ZodType>(value: T) => ({ params: nothing, snapshot: value, change: value });

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
    snapshot: z.object({ samples: z.array(usageSampleSchema) }),
    change: z.object({ samples: z.array(usageSampleSchema) }),
  },
  /** Players of one server; again with each question and answer. */
  players: { params: serverRef, snapshot: serverPlayersSchema, change: serverPlayersSchema },
  /** Backups of one server: null list at first, then the list after each read and change. */
  backups: { params: serverRef, snapshot: serverBackupsSchema, change: serverBackupsSchema },
  /**
   * Copies of a server's backups on this computer, as the folder has them; null until the folder was read. Without a
   * server only the folder's state.
   */
  copies: {
    params: z.object({ serverId: serverRef.shape.serverId.nullable() }),
    snapshot: serverCopiesSchema.nullable(),
    change: serverCopiesSchema.nullable(),
  },
  /** Files in the copy of a backup, in parts: the archive is read while a window watches. */
  copyFiles: {
    params: serverRef.extend({ backup: z.string().min(1).max(64) }),
    snapshot: archivePartSchema,
    change: archivePartSchema,
  },
  /**
   * Files in a folder of a server, in parts of at most 2,000. The folder is read when a window begins to watch it, after
   * `files.refresh` and after a change that Perch made there.
   */
  folder: {
    params: serverRef.extend({ path: pathSchema }),
    snapshot: folderPartSchema,
    change: folderPartSchema,
  },
  /**
   * Files below a folder whose names have all words of the query; a word with "/" counts for the whole path. The search
   * reads folder by folder while a window watches.
   */
  foundFiles: {
    params: serverRef.extend({ folder: pathSchema, query: z.string().min(1).max(255) }),
    snapshot: foundPartSchema,
    change: foundPartSchema,
  },
  /** Kept earlier contents of one file, newest first; null until read. */
  revisions: {
    params: revisedFileRef,
    snapshot: z.array(revisionSchema).nullable(),
    change: z.array(revisionSchema).nullable(),
  },
  /** Files with unsaved text of an earlier run, until the user opens or dismisses them. */
  leftDrafts: ofValue(z.array(revisedFileRef)),
  /** Files that the user edits in other programs. */
  edited: ofValue(z.array(editedFileSchema)),
  /** The current bulk action, or the last action until the user dismisses it. */
  bulk: ofValue(bulkRunSchema.nullable()),
  /** Warned restarts: those that count down, and results until they are dismissed. */
  warned: ofValue(z.array(warnedRestartSchema)),
  /** Backups of files on this computer in progress, and the last backup of a server if it failed. */
  fileBackups: ofValue(z.array(fileBackupSchema)),
  /** Quiet backups in progress, and those whose server is not back. */
  quiet: ofValue(z.array(quietBackupSchema)),
  /** Servers with a wish for when they are empty. */
  whenEmpty: ofValue(z.array(emptyWatchSchema)),
  /** Servers with a backup by plan. */
  plans: ofValue(z.array(backupPlanSchema)),
  /** Schedules that panels keep of the servers; main reads them more often while a window watches. */
  fleetSchedules: {
    params: nothing,
    snapshot: z.array(serverSchedulesSchema),
    change: z.array(serverSchedulesSchema),
    leavesOut: true,
  },
  /** People who share the servers; main reads them only while a window watches. */
  fleetPeople: {
    params: nothing,
    snapshot: z.array(serverPeopleSchema),
    change: z.array(serverPeopleSchema),
    leavesOut: true,
  },
  /**
   * Actions of others on these servers, from their panels' activity (null = all servers), in parts. Main reads it only
   * while a window watches.
   */
  fleetActivity: {
    params: z.object({ serverIds: z.array(serverRef.shape.serverId).max(10_000).nullable() }),
    snapshot: z.array(serverActivitySchema),
    change: z.array(serverActivitySchema),
    leavesOut: true,
  },
  /** The user's rules, in the order of their creation. */
  rules: { ...ofValue(z.array(ruleViewSchema)), leavesOut: true },
  /** Downloads that wait, run or have ended, oldest first; at most four times a second. */
  transfers: ofValue(z.array(transferSchema)),
  /** Recent events, oldest first; then new and updated events. */
  events: {
    params: nothing,
    snapshot: z.array(historyEventSchema),
    change: z.array(historyEventSchema),
    leavesOut: true,
  },
  /** The latest period in which nobody looked at this window; null if it was shorter than 10 minutes. */
  absence: ofValue(absenceSchema.nullable()),
  /** Notices about problems of Perch's own files, until dismissed. */
  notices: ofValue(z.array(noticeSchema)),
  /** The diagnostics of this run of Perch; null before the first. */
  diagnosis: ofValue(diagnosisSchema.nullable()),
  /** State of each channel, in the order of the settings. */
  channels: ofValue(z.array(channelStateSchema)),
  /** Open questions of programs, and temporary permissions. */
  consent: ofValue(remoteConsentSchema),
  memory: ofValue(shownMemorySchema),
  settings: ofValue(settingsSchema),
  updates: ofValue(updatesSchema),
  /** Language of the windows; may change at any time. */
  language: ofValue(z.enum(languages)),
  /** Main's monotonic time (ms since the epoch), the basis of all timestamps. Sent again after each sleep. */
  clock: ofValue(z.number()),
  navigation: ofValue(viewSchema),
  /** State of the global shortcut; `taken` = another program holds its keys. */
  shortcut: ofValue(z.enum(['none', 'active', 'taken'])),
  /** Counts how often a palette was requested for this window from outside. */
  palette: ofValue(z.number()),
  /** True if the user closed this window and it stays hidden because of its drafts. */
  closed: ofValue(z.boolean()),
} satisfies Record<string, { params: z.ZodType; snapshot: z.ZodType; change: z.ZodType; leavesOut?: true }>;
