/** Calls about copies of backups on this computer. The feed `copies` reports what becomes of them. */
import * as z from 'zod';
import { archivedTextSchema } from './backup-copies.js';
import { serverRef } from './server-calls.js';

const nothing = z.void();
const copyRef = serverRef.extend({ backup: z.string().min(1).max(64) });
/** `path` = from the server's folder, as the feed `copyFiles` has it. */
const fileRef = copyRef.extend({ path: z.string().min(1).max(5000) });

export const copyContract = {
  /** Asks for the folder of all copies, and keeps it as the setting `copiesFolder`. */
  'copies.chooseFolder': { input: nothing, output: nothing },
  /** Forgets the folder. Its files stay. */
  'copies.forgetFolder': { input: nothing, output: nothing },
  /** Shows the folder of a server's copies in the system's file manager; null = the folder of all copies. */
  'copies.show': { input: z.object({ serverId: z.string().min(1).max(300).nullable() }), output: nothing },
  /** Fetches a copy of a backup, also again after a failure. Resolves when the transfer is in the queue. */
  'copies.fetch': { input: copyRef, output: nothing },
  /** Deletes a copy. The backup on the panel stays. */
  'copies.delete': { input: copyRef, output: nothing },
  /** Reads a file of a copy as text. */
  'copies.read': { input: fileRef, output: archivedTextSchema },
  /** Asks for a file and saves one of the copy to it; `path` null = the user chose no file. */
  'copies.saveFile': { input: fileRef, output: z.object({ path: z.string().nullable() }) },
};
