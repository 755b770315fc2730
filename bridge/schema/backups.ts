/** Backups that a panel keeps of a server (PROTOCOL 2.16). Times are the panel's, in ms since the epoch. */
import * as z from 'zod';
import { problemSchema } from './problem.js';

export const backupSchema = z.object({
  /** UUID of the backup on its panel. */
  id: z.string(),
  name: z.string(),
  state: z.enum(['running', 'good', 'failed']),
  /** True if the panel refuses to delete the backup. */
  locked: z.boolean(),
  /** Size of the archive; 0 while the backup is being made. */
  bytes: z.number(),
  /** Checksum of the archive, 40 hexadecimal digits; null unless the backup is good. */
  sha1: z.string().nullable(),
  /** Patterns of the files that the backup leaves out, as in `.gitignore`. */
  ignored: z.array(z.string()).readonly(),
  /** null if the panel's time cannot be read. */
  createdAt: z.number().nullable(),
  /** null while the backup is being made, and if the panel's time cannot be read. */
  completedAt: z.number().nullable(),
  /** Whether a schedule of the panel made the backup; null if the panel does not say. */
  bySchedule: z.boolean().nullable(),
});
export type Backup = z.infer<typeof backupSchema>;

export const backupListSchema = z.object({
  /** Newest first. */
  backups: z.array(backupSchema).readonly(),
  /** Most backups that the server may have; 0 = none, null = unknown. */
  limit: z.number().nullable(),
  /** Number of backups that count towards the limit: good and running backups. */
  used: z.number(),
  /** Number of further backups of the panel whose entries cannot be read; absent for none. */
  unread: z.number().optional(),
});
export type BackupList = z.infer<typeof backupListSchema>;

/** Value of the feed `backups`. */
export const serverBackupsSchema = z.object({
  /** null until the panel has answered once. */
  list: backupListSchema.nullable(),
  /** Why the last read of the list failed; null if it did not fail. */
  problem: problemSchema.nullable(),
  /** Ids of backups that Perch made by a rule. */
  byRule: z.array(z.string()).readonly(),
});
export type ServerBackups = z.infer<typeof serverBackupsSchema>;
