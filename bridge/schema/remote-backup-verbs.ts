/** Verbs of the command line about backups, copies and downloads. */
import * as z from 'zod';
import { archivedFileSchema, backupCopySchema } from './backup-copies.js';
import { backupPlanSchema, lastPlannedSchema } from './backup-plans.js';
import { backupFetchSchema } from './backup-rules.js';
import { backupListSchema, backupSchema } from './backups.js';
import { actorSchema } from './event-actor.js';
import { quietEndSchema } from './quiet-backups.js';
import { remoteServerSchema, remoteTransferSchema, serverNameSchema } from './remote-entities.js';

/** Times are wall-clock ms since the epoch. */
const remotePlanSchema = backupPlanSchema
  .omit({ serverId: true })
  .extend({ last: lastPlannedSchema.extend({ problem: z.string().nullable() }).nullable() });
const ofBackup = z.object({ server: remoteServerSchema, backup: backupSchema });
/** A backup by its id, the beginning of its id, or its name. */
const backupNameSchema = z.string().min(1).max(300);

/** As `remoteVerbs`, of which these are a part. */
export const remoteBackupVerbs = {
  backups: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: backupListSchema.extend({
      backups: z
        .array(
          backupSchema.extend({
            maker: z.enum(['rule', 'schedule', 'person', 'unknown']),
            /** The person or program that made the backup; null if unknown. */
            by: actorSchema.nullable(),
          }),
        )
        .readonly(),
      server: remoteServerSchema,
      /** On this computer, newest first. */
      copies: z.array(backupCopySchema),
      /** null = no backup is planned. */
      plan: remotePlanSchema.nullable(),
    }),
  },
  /**
   * Says which backups of the server are copied to this computer, and to which folder; null = as before. Refused for
   * programs.
   */
  copyBackups: {
    input: z.object({
      name: serverNameSchema,
      fetch: backupFetchSchema.nullable(),
      folder: z.string().min(1).max(4000).nullable(),
    }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      fetch: backupFetchSchema,
      folder: z.string().nullable(),
      copies: z.array(backupCopySchema),
    }),
  },
  /** Lists the files of a copy on this computer, or saves one file. Refused for programs. */
  copiedFiles: {
    input: z.object({
      name: serverNameSchema,
      backup: backupNameSchema,
      save: z.object({ path: z.string().min(1).max(4096), folder: z.string().min(1).max(4000) }).nullable(),
    }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      copy: backupCopySchema,
      /** In the order of the archive; empty if a file was saved. */
      files: z.array(archivedFileSchema),
      /** True if the copy has more files than the list. */
      isCut: z.boolean(),
      /** Number of files whose names lead elsewhere or can't be shown. */
      leftOut: z.number(),
      /** Name that the saved file got; null = none was saved. */
      saved: z.string().nullable(),
    }),
  },
  /** Begins a backup. An empty `label` lets the panel choose a name. */
  createBackup: {
    input: z.object({
      name: serverNameSchema,
      label: z.string().max(255),
      ignored: z.array(z.string().max(1000)).max(1000),
      locked: z.boolean(),
      /** True = the game does not write meanwhile. Resolves when the panel has begun the backup. */
      quietly: z.boolean().default(false),
    }),
    event: z.never(),
    output: ofBackup,
  },
  /**
   * Backs up the server's files to this computer, without a backup on the panel. `wait` = resolves with the copy, else
   * when the panel is about to be asked. Refused for programs.
   */
  backUpFiles: {
    input: z.object({ name: serverNameSchema, wait: z.boolean() }),
    event: z.never(),
    output: z.object({ server: remoteServerSchema, copy: backupCopySchema.nullable() }),
  },
  /**
   * Resolves when the backup has ended and the server of a quiet backup is back, or Perch notified a person that it is
   * not. `backup` null = the newest running one.
   */
  waitForBackup: {
    input: z.object({ name: serverNameSchema, backup: backupNameSchema.nullable() }),
    event: z.never(),
    /** `quiet` null = no quiet backup of the server was in progress. */
    output: ofBackup.extend({ quiet: quietEndSchema.nullable() }),
  },
  /**
   * Refused for programs. Refused with `needs-yes` if a deletion is not agreed to, or if `confirm` of a restoration is
   * not the server's name.
   */
  changeBackup: {
    input: z.object({
      name: serverNameSchema,
      backup: backupNameSchema,
      change: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('lock') }),
        z.object({ kind: z.literal('unlock') }),
        z.object({ kind: z.literal('rename'), to: z.string().min(1).max(255) }),
        z.object({ kind: z.literal('delete') }),
        z.object({ kind: z.literal('restore'), truncate: z.boolean() }),
      ]),
      isAgreed: z.boolean(),
      confirm: z.string().max(500).nullable(),
    }),
    event: z.never(),
    output: ofBackup,
  },
  /**
   * Resolves when the whole file has its final name. The download continues if the client disconnects. `folder` null =
   * the system's folder for downloads. Refused for programs.
   */
  downloadBackup: {
    input: z.object({
      name: serverNameSchema,
      backup: backupNameSchema,
      folder: z.string().min(1).max(5000).nullable(),
    }),
    event: z.object({ transfer: remoteTransferSchema }),
    output: z.object({ server: remoteServerSchema, transfer: remoteTransferSchema }),
  },
  /** Downloads of all servers, oldest first. */
  transfers: {
    input: z.object({}),
    event: z.never(),
    output: z.object({ transfers: z.array(remoteTransferSchema) }),
  },
} satisfies Record<string, { input: z.ZodType; event: z.ZodType; output: z.ZodType }>;
