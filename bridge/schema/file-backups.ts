/** Backups of a server's files on this computer, for hosts that allow no backups of their own. */
import * as z from 'zod';
import { problemSchema } from './problem.js';

/**
 * `compress` = the node packs the files, `download` = the archive comes to this computer, `remove` = the archive leaves
 * the server, `failed` = over without a copy.
 */
const fileBackupStepSchema = z.enum(['compress', 'download', 'remove', 'failed']);

/** The backup in progress, or the last failed backup of a server. */
export const fileBackupSchema = z.object({
  serverId: z.string(),
  /** Perch's own id of the backup, and that of its copy. */
  id: z.string(),
  step: fileBackupStepSchema,
  /** Why there is no copy, or why the archive is still on the server. */
  problem: problemSchema.nullable(),
});
export type FileBackup = z.infer<typeof fileBackupSchema>;

/** Record for a crash of Perch: the archive has to be removed from the server. */
export const fileBackupRecordSchema = z.object({
  serverId: z.string().max(300),
  id: z.uuid(),
  /** Time at which the panel was asked, by the panel's clock. */
  at: z.number(),
  /** Archives that were there before. */
  before: z.array(z.string().max(255)).max(1000),
  /** Name of the archive at the root of the server's files; null until the panel has sent it. */
  name: z.string().max(255).nullable(),
  /** Id of the transfer; null before it. */
  transfer: z.string().max(64).nullable(),
  /** True once the copy has arrived. */
  isHere: z.literal(true).optional(),
});
export type FileBackupRecord = z.infer<typeof fileBackupRecordSchema>;
