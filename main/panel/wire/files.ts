import * as z from 'zod';
import { amount, enveloped, flag, goodOnes } from './fields.js';

/** Longest name of a file, in characters; file systems allow 255 bytes. */
const longestName = 255;

/** Name of an entry, exactly as the panel gives it; any other than a plain name could lead to another folder. */
const entryName = z
  .string()
  .min(1)
  .max(longestName)
  .refine((name) => name !== '.' && name !== '..' && !/[/\0]/.test(name));

/** An entry of a server's folder (PROTOCOL 2.17.1). */
export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  readonly isFile: boolean;
}

/** Schema of one entry. */
export const fileItem = enveloped({ name: entryName, size: amount(0), is_file: flag }).transform(
  ({ name, size, is_file }): FileEntry => ({
    name,
    bytes: Math.max(0, Math.trunc(size)),
    isFile: is_file,
  }),
);

/** Schema of a folder. A folder of which an entry does not parse is an error: a part would look like the whole. */
export const filesAnswer = z
  .looseObject({ data: z.array(z.unknown()) })
  .transform(({ data }) => ({ files: goodOnes(data, fileItem), count: data.length }))
  .refine(({ files, count }) => files.length === count)
  .transform(({ files }) => files);
