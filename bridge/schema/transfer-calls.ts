/** Calls about transfers. The feed `transfers` reports what becomes of them. */
import * as z from 'zod';
import { serverRef } from './server-calls.js';

const transferRef = z.object({ transfer: z.uuid() });
const call = { input: transferRef, output: z.void() };

export const transferContract = {
  /** Asks for a file and downloads a backup to it; `transfer` null = the user chose no file. */
  'backups.download': {
    input: serverRef.extend({ backup: z.string().min(1).max(64) }),
    output: z.object({ transfer: z.string().nullable() }),
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
