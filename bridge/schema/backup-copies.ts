/** Copies of backups on this computer. */
import * as z from 'zod';
import { problemSchema } from './problem.js';

export const backupCopySchema = z.object({
  /** The panel's id of the backup. */
  id: z.string(),
  /** Time of the backup in ms since the epoch, to the second. */
  createdAt: z.number(),
  bytes: z.number(),
  /** Name of the file in the server's folder. */
  file: z.string(),
  /** True if a person asked for the copy: no rule deletes it. */
  isKept: z.literal(true).optional(),
});
export type BackupCopy = z.infer<typeof backupCopySchema>;

/** A file in a copy. A `link` has no content of its own. */
export const archivedFileSchema = z.object({
  /** From the server's folder, with `/`. */
  path: z.string(),
  bytes: z.number(),
  kind: z.enum(['file', 'link']),
});
export type ArchivedFile = z.infer<typeof archivedFileSchema>;

export const serverCopiesSchema = z.object({
  /** The user's folder: none chosen; `away` = can't be read, such as a disk that is not connected. */
  folder: z.enum(['none', 'away', 'unwritable', 'ready']),
  /** Newest first. */
  copies: z.array(backupCopySchema),
  /** Ids of the backups that are being fetched. */
  coming: z.array(z.string()),
  /** Copies that failed, until a later attempt works. */
  failed: z.array(z.object({ backup: z.string(), problem: problemSchema })),
});
export type ServerCopies = z.infer<typeof serverCopiesSchema>;

/** Part of the list of files in a copy. */
export const archivePartSchema = z.object({
  /** Files since the last part. */
  files: z.array(archivedFileSchema),
  /** Share of the archive that was read, 0 to 1. */
  share: z.number(),
  /** null while more parts come. */
  end: z
    .object({
      /** True if the copy has more files than a list may have. */
      isCut: z.boolean(),
      /** Number of files whose names lead elsewhere or can't be shown. */
      leftOut: z.number(),
      /** Why the archive can't be read to its end. */
      problem: problemSchema.nullable(),
    })
    .nullable(),
});
export type ArchivePart = z.infer<typeof archivePartSchema>;

/** A file of a copy as text; `most` = longest text that is shown, in bytes. */
export const archivedTextSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('too-large'), most: z.number() }),
  z.object({ kind: z.literal('no-text') }),
]);
export type ArchivedText = z.infer<typeof archivedTextSchema>;
