/** Verbs about databases for the command line and for programs. No output holds a password. */
import * as z from 'zod';
import { newDatabaseSchema } from './database-calls.js';
import { databaseSchema } from './databases.js';
import { remoteServerSchema, serverNameSchema } from './remote-entities.js';

/** A database by its id, its name, or its name without the prefix of the panel. */
const databaseNameSchema = z.string().min(1).max(300);

export const remoteDatabaseVerbs = {
  databases: {
    input: z.object({ name: serverNameSchema }),
    event: z.never(),
    output: z.object({
      server: remoteServerSchema,
      databases: z.array(databaseSchema).readonly(),
      /** Most databases of the server; null = no limit, or none that the panel shows. */
      limit: z.number().nullable(),
    }),
  },
  /**
   * A new password is refused with `needs-yes` unless the user has agreed, a deletion if `confirm` is not the whole name
   * of the database. A program asks the person for a creation and for a new password, and deletes nothing.
   */
  changeDatabase: {
    input: z.object({
      name: serverNameSchema,
      change: z.discriminatedUnion('kind', [
        newDatabaseSchema.extend({ kind: z.literal('create') }),
        z.object({ kind: z.literal('rotate'), database: databaseNameSchema }),
        z.object({ kind: z.literal('delete'), database: databaseNameSchema }),
      ]),
      isAgreed: z.boolean(),
      confirm: z.string().max(500).nullable(),
    }),
    event: z.never(),
    /** After a deletion, as the database was. */
    output: z.object({ server: remoteServerSchema, database: databaseSchema }),
  },
};
