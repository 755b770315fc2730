/** Transfers: files that Perch brings from a node to this computer (downloads), or from here to a node (uploads). */
import * as z from 'zod';
import { problemSchema } from './problem.js';

/** Most transfers in the list; the oldest that ended go first. */
export const mostTransfers = 500;

/** Most files of one upload. */
export const mostPackedFiles = 20_000;

const sha1Schema = z.string().regex(/^[0-9a-f]{40}$/i);
/** One name, which leads into no other folder. */
function isOneName(name: string): boolean {
  return name !== '.' && name !== '..' && !name.includes('/') && !name.includes('\0');
}

const fileSchema = z.string().min(1).max(255).refine(isOneName);
const serverIdSchema = z.string().min(1).max(300);

/**
 * The end of a transfer that is on a node, without its address: an address is a one-time secret, so main asks for a new
 * one at each attempt.
 */
const ofServer = { serverId: serverIdSchema };
const sourceFields = {
  ...ofServer,
  /** The id of the backup: the panel's, or Perch's own for an archive of files. */
  backup: z.string().regex(/^[\w-]{1,64}$/),
};
const transferSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('backup'), ...sourceFields }),
  /** An archive at the root of the server's files, which has a checksum only inside. */
  z.object({ kind: z.literal('archive'), ...sourceFields, name: fileSchema }),
  /** A file of the server. `path` begins at the server's folder, with "/". */
  z.object({ kind: z.literal('file'), ...ofServer, path: z.string().min(2).max(4096) }),
  /** An upload: the path that the file gets. */
  z.object({ kind: z.literal('upload'), ...ofServer, path: z.string().min(2).max(4096) }),
  /** A folder of the server, which the node packs and Perch keeps as a folder or as the archive. */
  z.object({
    kind: z.literal('folder'),
    ...ofServer,
    path: z.string().min(2).max(4096),
    as: z.enum(['folder', 'archive']),
  }),
  /** Many files of this computer, which go to a folder of the server in archives. `path` = that folder. */
  z.object({
    kind: z.literal('packed'),
    ...ofServer,
    path: z.string().min(1).max(4096),
    /** Names of the files and folders that the person chose in one folder of this computer. */
    names: z.array(fileSchema).min(1).max(1000),
    /** SHA-1 of the paths of all files. */
    paths: sha1Schema,
    /** Paths on the server that a person agreed to replace. */
    replaced: z.array(z.string().max(4096)).max(mostPackedFiles),
  }),
]);
export type TransferSource = z.infer<typeof transferSourceSchema>;
/** A source that is about a backup. */
export type BackupSource = Extract<TransferSource, { kind: 'backup' | 'archive' }>;

/** The archive of a folder that a node made, or was asked to make, and that Perch has to remove there. */
const nodeArchiveSchema = z.object({
  /** Time of the request by the panel's clock. */
  at: z.number(),
  /** Archives that were there before. */
  before: z.array(z.string().max(255)).max(1000),
  /** Null until the panel has sent the name. */
  name: fileSchema.nullable(),
});

/** How far a transfer in several archives is. */
const sentArchivesSchema = z.object({
  /** SHA-1 of the files of each archive; other files begin again. */
  of: sha1Schema,
  /** Archives whose files are on the server. */
  count: z.number().int().nonnegative(),
  /** True once Perch has asked the node to unpack the next archive. */
  isUnpacking: z.boolean(),
});

/** A transfer as main keeps it in a file. */
export const transferRecordSchema = z.object({
  id: z.uuid(),
  source: transferSourceSchema,
  /** Name for people: that of the backup or the file. */
  label: z.string().max(300),
  /** Ids of panel and node, which limit how many transfers run at a time. */
  panel: z.string().max(300),
  node: z.string().max(500),
  /** On this computer. */
  folder: z.string().min(1).max(5000),
  /** The name that the file should get in `folder`; of an upload the name that it has there. */
  file: fileSchema,
  /**
   * If the name is taken: `number` = the next free number is added; `replace` = a person agreed to replace that file;
   * `refuse` = the upload fails.
   */
  ifTaken: z.enum(['number', 'replace', 'refuse']),
  /** Bytes; null = unknown. */
  size: z.number().int().nonnegative().nullable(),
  sha1: sha1Schema.nullable(),
  /** Wall-clock time. */
  addedAt: z.number(),
  /**
   * `waiting` = for its turn or its next attempt; `placing` = the whole content arrived and gets its own name;
   * `cancelled` = only the temporary file is still to be removed.
   */
  stage: z.enum(['waiting', 'running', 'placing', 'paused', 'failed', 'done', 'cancelled']),
  /** The name that the file got, or is about to get; null before `placing`. */
  placed: fileSchema.nullable(),
  /** The way of an upload; missing = the node's link, which takes files up to a limit. */
  by: z.literal('sftp').optional(),
  /** How often the content differed from the backup in a row. */
  mismatches: z.number().int().nonnegative(),
  /** True = the file changed its size between the look at it and its download. */
  hasChanged: z.boolean().optional(),
  /** For the download of a folder; null = the node has no archive of it. */
  archive: nodeArchiveSchema.nullable().optional(),
  /** Of an upload in archives. */
  sent: sentArchivesSchema.optional(),
  /** True once a file without a temporary name was sent: the name was free before. */
  isOwnName: z.boolean().optional(),
  /** Links and devices of a folder that were left out. */
  leftOut: z.number().int().nonnegative().optional(),
  /**
   * Of a folder: true = the answer that names its archive was lost, and the archive beside the folder may be Perch's or
   * another person's. Perch leaves the archive there.
   */
  mayHaveLeft: z.boolean().optional(),
  /** Why the last attempt failed; null = none failed, or the next one runs. */
  problem: problemSchema.nullable(),
});
export type TransferRecord = z.infer<typeof transferRecordSchema>;

/** Request for a transfer, with a name that its file may get. */
export type TransferOffer = Pick<
  TransferRecord,
  'source' | 'label' | 'panel' | 'node' | 'size' | 'sha1' | 'file'
>;
export interface WantedTransfer extends Omit<TransferOffer, 'file'>, Pick<TransferRecord, 'by'> {
  readonly target: Pick<TransferRecord, 'folder' | 'file' | 'ifTaken'>;
}

/** A transfer as windows show it. */
export const transferSchema = transferRecordSchema
  .pick({
    id: true,
    source: true,
    label: true,
    folder: true,
    size: true,
    addedAt: true,
    by: true,
    hasChanged: true,
    leftOut: true,
    mayHaveLeft: true,
    problem: true,
  })
  .extend({
    /** Work on a folder: the node packs or unpacks it, or Perch unpacks it here; null = bytes are moved. */
    doing: z.enum(['packing', 'unpacking', 'unpacking-there']).nullable(),
    direction: z.enum(['down', 'up']),
    /** `resting` = waits for its next attempt. */
    state: z.enum(['waiting', 'running', 'resting', 'paused', 'failed', 'done']),
    /** Name of the file. Perch adds a number at the end of the transfer if another file has this name. */
    file: z.string(),
    /** Bytes that have arrived, or were sent, in this attempt. */
    bytes: z.number(),
    /** Bytes per second over the last seconds; null while unknown. */
    rate: z.number().nullable(),
    /** Ms until the end at this rate; null while unknown. */
    msLeft: z.number().nullable(),
    /** Monotonic time of the next attempt; null = none is set. */
    retryAt: z.number().nullable(),
  });
export type Transfer = z.infer<typeof transferSchema>;
