import * as z from 'zod';
import type { ServerFile } from '../../../bridge/schema/files.js';
import { amount, answered, enveloped, flag, line, text } from './fields.js';

/** Longest name of a file, in characters; file systems allow 255 bytes. */
const longestName = 255;

/** Name of an entry, exactly as the panel gives it; any other than a plain name could lead to another folder. */
const entryName = z
  .string()
  .min(1)
  .max(longestName)
  .refine((name) => name !== '.' && name !== '..' && !/[/\0]/.test(name));

/** A time. An unreadable time must not hide the whole folder, so it becomes 0. */
const time = z
  .string()
  .nullish()
  .transform((told) => Date.parse(told ?? '') || 0);

/** Schema of one entry of a server's folder (PROTOCOL 2.17.1). */
export const fileItem = enveloped({
  name: entryName,
  mode: text(20),
  mode_bits: text(10),
  size: amount(0),
  is_file: flag,
  is_symlink: flag,
  mimetype: line(200),
  created_at: time,
  modified_at: time,
}).transform((item): ServerFile => ({
  name: item.name,
  kind: kindOf(item),
  bytes: Math.max(0, Math.trunc(item.size)),
  mode: /^[0-7]{1,4}$/.test(item.mode_bits) ? item.mode_bits : '',
  mime: item.mimetype,
  createdAt: item.created_at,
  modifiedAt: item.modified_at,
}));

/** Panels call links files, and name them only in the mode as Go writes it: `Lrwxrwxrwx` (PROTOCOL 2.17.1). */
function kindOf(item: { mode: string; is_file: boolean; is_symlink: boolean }): ServerFile['kind'] {
  const flags = item.mode.slice(0, -9);
  if (item.is_symlink || flags.includes('L')) return 'link';
  if (!item.is_file || flags.includes('d')) return 'folder';
  return /[DSpc]/.test(flags) ? 'other' : 'file';
}

/** Schema of a folder, whose entries are checked later, in parts. */
export const folderAnswer = z.looseObject({ data: answered }).transform(({ data }) => data);
