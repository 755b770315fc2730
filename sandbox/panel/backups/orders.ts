import * as z from 'zod';

const server = z.string();
const rate = z.int().min(1).nullable();

/** Orders about the backups, archives and files of a server; a restart of its node ends `backups`. */
const backupOrders = [
  z.strictObject({
    do: z.literal('backups'),
    server,
    rate: rate.optional(),
    failing: z.boolean().optional(),
    restoreFailing: z.boolean().optional(),
    cutAt: z.int().min(1).nullable().optional(),
    downloadRate: rate.optional(),
    garbled: z.boolean().optional(),
    downloadStatus: z.int().min(300).max(599).nullable().optional(),
  }),
  z.strictObject({ do: z.literal('backup-limit'), server, limit: z.int().min(0) }),
  /** A backup of the past, with a real archive unless it failed. */
  z.strictObject({
    do: z.literal('add-backup'),
    server,
    name: z.string(),
    ageMinutes: z.number().min(0),
    locked: z.boolean().default(false),
    failed: z.boolean().default(false),
    /** Size of the archive, which zeros fill up; null = as made. */
    bytes: z.int().min(1).nullable().default(null),
  }),
  /** Patterns of files that nobody may change, of the server's egg. */
  z.strictObject({ do: z.literal('denied-files'), server, patterns: z.array(z.string()) }),
  /** The server's disk in MB; 0 = no limit. */
  z.strictObject({ do: z.literal('disk-limit'), server, mb: z.int().min(0) }),
] as const;

export const backupOrder = z.discriminatedUnion('do', backupOrders);

export type BackupControlOrder = z.infer<typeof backupOrder>;
