/** Copies of backups on this computer. */
import * as z from 'zod';

export const backupCopySchema = z.object({
  /** The panel's id of the backup. */
  id: z.string(),
  /** Time of the backup in ms since the epoch, to the second. */
  createdAt: z.number(),
  bytes: z.number(),
  /** Name of the file in the server's folder. */
  file: z.string(),
});
export type BackupCopy = z.infer<typeof backupCopySchema>;
