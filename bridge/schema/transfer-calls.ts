/** Calls about transfers. The feed `transfers` reports their progress. */
import * as z from 'zod';
import { pathSchema } from './files.js';
import { serverRef } from './server-calls.js';

/** Limit of files that one call downloads. */
const mostAtOnce = 50;
const transferRef = z.object({ transfer: z.uuid() });
const call = { input: transferRef, output: z.void() };

export const transferContract = {
  /** Asks for a file and downloads a backup to it; `transfer` null = the user chose no file. */
  'backups.download': {
    input: serverRef.extend({ backup: z.string().min(1).max(64) }),
    output: z.object({ transfer: z.string().nullable() }),
  },
  /**
   * Asks for a file, or for a folder if there are several, and downloads files and folders of a server; `transfers` null =
   * the user chose none. `as` = form of folders on this computer; missing = folders.
   */
  'files.download': {
    input: serverRef.extend({
      paths: z.array(pathSchema).min(1).max(mostAtOnce),
      as: z.enum(['folder', 'archive']).optional(),
    }),
    output: z.object({ transfers: z.array(z.string()).nullable() }),
  },
  /**
   * Uploads files and folders into a folder of a server. `sources` = paths of files that were dropped onto the window;
   * null = asks for `what`. Main asks before it replaces files. `transfers` null = no upload.
   */
  'files.upload': {
    input: serverRef.extend({
      folder: pathSchema,
      sources: z.array(z.string().min(1).max(5000)).min(1).max(1000).nullable(),
      what: z.enum(['files', 'folder']),
    }),
    output: z.object({ transfers: z.array(z.string()).nullable(), leftOut: z.number() }),
  },
  'transfers.pause': call,
  'transfers.resume': call,
  /** Stops a transfer and removes its temporary file. Removes a finished transfer from the list and keeps its file. */
  'transfers.cancel': call,
  /** Tries again at once. */
  'transfers.retry': call,
  /** Shows the folder of the file in the system's file manager. */
  'transfers.show': call,
};
