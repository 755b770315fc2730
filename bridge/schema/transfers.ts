/** Transfers: files that Perch brings from a node to this computer. */
import * as z from 'zod';
import { problemSchema } from './problem.js';

/** Most transfers in the list; the oldest that ended go first. */
export const mostTransfers = 500;

const sha1Schema = z.string().regex(/^[0-9a-f]{40}$/i);
/** One name, which leads into no other folder. */
function isOneName(name: string): boolean {
  return name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0');
}

const fileSchema = z.string().min(1).max(255).refine(isOneName);
const serverIdSchema = z.string().min(1).max(300);

/**
 * Where the file comes from, without its address: an address is a one-time secret, so main asks for a new one at each
 * attempt.
 */
const sourceFields = {
  serverId: serverIdSchema,
  /** The id of the backup: the panel's, or Perch's own for an archive of files. */
  backup: z.string().regex(/^[\w-]{1,64}$/),
};
const transferSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup'), ...sourceFields }),
  /** An archive at the root of the server's files, which has a checksum only inside. */
  z.object({ kind: z.literal('archive'), ...sourceFields, name: fileSchema }),
]);
export type TransferSource = z.infer<typeof transferSourceSchema>;

/** A transfer as main keeps it in a file. */
export const transferRecordSchema = z.object({
  id: z.uuid(),
  source: transferSourceSchema,
  /** Name for people: that of the backup. */
  label: z.string().max(300),
  /** Ids of panel and node, which limit how many transfers run at a time. */
  panel: z.string().max(300),
  node: z.string().max(500),
  folder: z.string().min(1).max(5000),
  /** The name that the file should get. */
  file: fileSchema,
  /** If the name is taken: `number` = the next free number is added; `replace` = a person agreed to replace that file. */
  ifTaken: z.enum(['number', 'replace']),
  /** Bytes; null = unknown. */
  size: z.number().int().nonnegative().nullable(),
  sha1: sha1Schema.nullable(),
  /** Wall-clock time. */
  addedAt: z.number(),
  /**
   * `waiting` = for its turn or its next attempt; `placing` = the whole file has a temporary name and gets its own;
   * `cancelled` = only the temporary file is still to be removed.
   */
  stage: z.enum(['waiting', 'running', 'placing', 'paused', 'failed', 'done', 'cancelled']),
  /** The name that the file got, or is about to get; null before `placing`. */
  placed: fileSchema.nullable(),
  /** How often the content differed from the backup in a row. */
  mismatches: z.number().int().nonnegative(),
  /** Why the last attempt failed; null = none failed, or the next one runs. */
  problem: problemSchema.nullable(),
});
export type TransferRecord = z.infer<typeof transferRecordSchema>;

/** What a transfer needs to know, with a name that its file may get. */
export type TransferOffer = Pick<
  TransferRecord,
  'source' | 'label' | 'panel' | 'node' | 'size' | 'sha1' | 'file'
>;
export interface WantedTransfer extends Omit<TransferOffer, 'file'> {
  readonly target: Pick<TransferRecord, 'folder' | 'file' | 'ifTaken'>;
}

/** A transfer as windows show it. */
export const transferSchema = transferRecordSchema
  .pick({ id: true, source: true, label: true, folder: true, size: true, addedAt: true, problem: true })
  .extend({
    /** `resting` = waits for its next attempt. */
    state: z.enum(['waiting', 'running', 'resting', 'paused', 'failed', 'done']),
    /** Name of the file. Perch adds a number at the end of the transfer if another file has this name. */
    file: z.string(),
    /** Bytes that have arrived in this attempt. */
    bytes: z.number(),
    /** Bytes per second over the last seconds; null while unknown. */
    rate: z.number().nullable(),
    /** Ms until the end at this rate; null while unknown. */
    msLeft: z.number().nullable(),
    /** Monotonic time of the next attempt; null = none is set. */
    retryAt: z.number().nullable(),
  });
export type Transfer = z.infer<typeof transferSchema>;
