/**
 * Calls about the files of one server. The feed `folder` shows their results.
 *
 * Each change looks at the folder first: a file that is not there any more is `not-found`, and a name that is taken is
 * `conflict` with `taken`. `replace` = the user agreed to replace the files of these names.
 */
import * as z from 'zod';
import { mostCopied } from '../files/copy-names.js';
import { pathSchema } from './files.js';
import { serverRef } from './server-calls.js';

const nothing = z.void();
const nameSchema = z.string().max(1000);
const inFolder = serverRef.extend({ folder: pathSchema });
const many = inFolder.extend({ names: z.array(nameSchema).min(1).max(10_000) });
const replace = z.boolean().optional();

export const fileContract = {
  /** Reads a folder again that the feed `folder` shows. */
  'files.refresh': { input: serverRef.extend({ path: pathSchema }), output: nothing },
  'files.createFolder': { input: inFolder.extend({ name: nameSchema }), output: nothing },
  /** Makes an empty file. */
  'files.create': { input: inFolder.extend({ name: nameSchema, replace }), output: nothing },
  /** Renames and moves. Folders are never replaced. */
  'files.move': {
    input: inFolder.extend({
      moves: z
        .array(z.object({ from: nameSchema, to: z.string().max(4096) }))
        .min(1)
        .max(10_000),
      replace,
    }),
    output: nothing,
  },
  /** Copies a file into its own folder. The panel chooses the name. */
  'files.copy': { input: serverRef.extend({ path: pathSchema }), output: nothing },
  /** Copies files into another folder: copies them beside themselves, and moves the copies. */
  'files.copyTo': {
    input: inFolder.extend({
      names: z.array(nameSchema).min(1).max(mostCopied),
      to: pathSchema,
      replace,
    }),
    output: nothing,
  },
  /** Deletes files, and folders with their content. */
  'files.delete': { input: many, output: nothing },
  'files.chmod': { input: many.extend({ mode: z.string().regex(/^[0-7]{3,4}$/) }), output: nothing },
  /** Packs files into an archive in their folder. The panel chooses the name. */
  'files.pack': { input: many, output: z.object({ name: z.string() }) },
  /**
   * Unpacks an archive into its folder. No panel tells the contents of an archive, so every archive that is not alone
   * in its folder needs `replace`.
   */
  'files.unpack': { input: inFolder.extend({ name: nameSchema, replace }), output: nothing },
  /**
   * Lets the node fetch a file. Resolves when the node begins; no panel says how that ends.
   * `name` null = the last part of the address.
   */
  'files.pull': {
    input: inFolder.extend({ url: z.string().max(2000), name: nameSchema.nullable(), replace }),
    output: nothing,
  },
};
