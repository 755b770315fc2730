/**
 * Files of a server (PROTOCOL 2.17). Times are those of the node, in ms since the epoch. `bridge/files/file-paths.ts`
 * says how a path is written.
 */
import * as z from 'zod';
import { isPath } from '../files/file-paths.js';
import { problemSchema } from './problem.js';

/** Path of a file or folder that a panel can act on. */
export const pathSchema = z.string().max(4096).refine(isPath);

export const serverFileSchema = z.object({
  name: z.string(),
  /** A panel names no target of a link. `other` = a pipe, a socket or a device. */
  kind: z.enum(['file', 'folder', 'link', 'other']),
  bytes: z.number(),
  /** Octal digits without leading zeros, as in `644`. */
  mode: z.string(),
  /** Media type as the node guesses it. */
  mime: z.string(),
  createdAt: z.number(),
  modifiedAt: z.number(),
});
export type ServerFile = z.infer<typeof serverFileSchema>;

/** Part of the content of a folder. Value of the feed `folder`. */
export const folderPartSchema = z.object({
  files: z.array(serverFileSchema).readonly(),
  /** True if these files replace those of an earlier reading; false = they are added. */
  isFirst: z.boolean(),
  /** True for the last part of a reading. */
  end: z.boolean(),
  /** Why the reading failed; the files of the last reading stay. */
  problem: problemSchema.nullable(),
});
export type FolderPart = z.infer<typeof folderPartSchema>;

const foundFileSchema = serverFileSchema
  .pick({ kind: true, bytes: true, modifiedAt: true })
  .extend({ path: z.string() });
export type FoundFile = z.infer<typeof foundFileSchema>;

/** Part of the files that a search found. Value of the feed `foundFiles`; each part adds files. */
export const foundPartSchema = z.object({
  files: z.array(foundFileSchema).readonly(),
  /** Folders that were read until now. */
  folders: z.number(),
  /** Folders that the node could not read. */
  unread: z.number(),
  end: z.boolean(),
  /** The limit that ended the search before it saw every folder. */
  cut: z.enum(['depth', 'folders', 'files']).nullable(),
  /** Why the search ended early. */
  problem: problemSchema.nullable(),
});
export type FoundPart = z.infer<typeof foundPartSchema>;
