/** Application memory: facts that Perch keeps from one run to the next. Main stores them in `memory.json`. */
import * as z from 'zod';
import { planRecordSchema } from './backup-plans.js';
import { mostKept } from '../settings/settings-limits.js';
import { fileBackupRecordSchema } from './file-backups.js';
import { queryProtocolSchema } from './players.js';
import { sharedLogSchema } from './sharing.js';

const shownOnceSchema = z.enum(['autostart', 'still-running', 'no-tray']);
const eventsSeenAtSchema = z.number().min(0);
const versionSchema = z.string().max(100).nullable().default(null);

export const memorySchema = z.object({
  /** Time up to which the user has seen all events (wall-clock time, ms since the epoch). */
  eventsSeenAt: eventsSeenAtSchema.default(0),
  /** One-time notices and offers that the user has already seen. */
  shownOnce: z.array(shownOnceSchema).max(100).default([]),
  /** Last known autostart state in a Flatpak, which cannot read the state from the system. */
  startedByPortal: z.boolean().default(false),
  /** Servers that the last bulk stop really stopped, so that exactly these can be started again. */
  stoppedTogether: z
    .object({ at: z.number(), serverIds: z.array(z.string().max(300)).max(10_000) })
    .nullable()
    .default(null),
  /** Whether the page of all events shows actions of others; null = the user did not choose. */
  othersShown: z.boolean().nullable().default(null),
  /** State of the update check. */
  updates: z
    .object({
      /** When the update feed was last read (wall-clock time, ms since the epoch); null = never. */
      checkedAt: z.number().nullable().default(null),
      /** Version that the user was last notified of. */
      announced: versionSchema,
      skipped: versionSchema,
      /** Version that was downloaded and waits for installation at the end of that run. */
      pending: versionSchema,
      /** Random number 0 to 99, drawn once, never sent. Staged roll-outs above this percentage include this computer. */
      rolloutBucket: z.number().int().min(0).max(99).nullable().default(null),
    })
    .prefault({}),
  /** Ids of backups that Perch made by a rule, by server, oldest first. Other backups may be a person's. */
  madeByRule: z
    .array(
      z.object({ serverId: z.string().max(300), ids: z.array(z.string().max(64)).max(mostKept.madeByRule) }),
    )
    .max(mostKept.madeByRuleServers)
    .default([]),
  /** Backups that Perch began and whose end it has not seen; `at` = wall-clock time of the beginning. */
  begunBackups: z
    .array(
      z.object({
        serverId: z.string().max(300),
        id: z.string().max(64),
        name: z.string().max(300),
        at: z.number(),
      }),
    )
    .max(mostKept.begunBackups)
    .default([]),
  /** Plans of backups of an earlier version, until they are carried over (BACKUP-RULES "Plan"). */
  plannedBackups: z.array(planRecordSchema).max(mostKept.plannedBackups).default([]),
  /** Archives that Perch had made and has to remove from servers. */
  fileBackups: z.array(fileBackupRecordSchema).max(mostKept.fileBackups).default([]),
  /** Where games answered last, by server. */
  answeredQueries: z
    .array(
      z.object({
        serverId: z.string().max(300),
        protocol: queryProtocolSchema,
        host: z.string().max(255),
        port: z.number().int(),
      }),
    )
    .max(mostKept.answeredQueries)
    .default([]),
  /** Servers with a wish for when they are empty: how often Perch acted. */
  emptyServers: z
    .array(z.object({ serverId: z.string().max(300), times: z.number().int().min(0) }))
    .max(mostKept.whenEmpty)
    .default([]),
  /** Logs that the user shared, latest first. */
  sharedLogs: z.array(sharedLogSchema).max(mostKept.sharedLogs).default([]),
  /** Servers that the user opened, latest first, and when each was last seen (wall-clock time, ms since the epoch). */
  visits: z
    .array(z.object({ serverId: z.string().max(300), at: z.number().min(0) }))
    .max(mostKept.visits)
    .default([]),
  /**
   * When Perch last ran in each hour of the local day, from midnight (wall-clock time, ms since the epoch); 0 or missing =
   * never seen.
   */
  awakeHours: z.array(z.number().min(0)).max(24).default([]),
});
export type Memory = z.infer<typeof memorySchema>;

/** The part that windows show. */
export const shownMemorySchema = memorySchema.pick({
  eventsSeenAt: true,
  shownOnce: true,
  stoppedTogether: true,
  othersShown: true,
  visits: true,
  sharedLogs: true,
  awakeHours: true,
});

/** A window's report to the memory. */
export const memoryNoteSchema = z.object({
  eventsSeenAt: eventsSeenAtSchema.optional(),
  othersShown: z.boolean().optional(),
  shown: shownOnceSchema.optional(),
});
export type MemoryNote = z.infer<typeof memoryNoteSchema>;
