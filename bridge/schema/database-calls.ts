/** Calls about the databases of one server (PROTOCOL 2.22). A password leaves main with `databases.showPassword` alone. */
import * as z from 'zod';
import { databaseTexts } from '../databases/connection.js';
import {
  connectionsFromForm,
  databaseNameForm,
  longestConnectionsFrom,
  longestDatabaseName,
  shortestDatabaseName,
} from '../databases/limits.js';
import { databaseSchema } from './databases.js';
import { serverRef } from './server-calls.js';

const databaseRef = serverRef.extend({ database: z.string().regex(/^[\w-]{1,100}$/) });

export const newDatabaseSchema = z.object({
  /** Without the prefix that the panel adds. */
  name: z.string().regex(databaseNameForm).min(shortestDatabaseName).max(longestDatabaseName),
  /** Address from which its user may connect; `%` = from anywhere. */
  from: z.string().regex(connectionsFromForm).max(longestConnectionsFrom),
});

export const databaseContract = {
  /** In the panel's order. */
  'databases.list': { input: serverRef, output: z.array(databaseSchema).readonly() },
  'databases.create': { input: serverRef.extend(newDatabaseSchema.shape), output: databaseSchema },
  /** Gives the database's user a new password; programs with the old one no longer connect. */
  'databases.rotate': { input: databaseRef, output: databaseSchema },
  /** Deletes the database with all tables. Refused with `invalid` if `typed` is not its name. */
  'databases.remove': { input: databaseRef.extend({ typed: z.string().max(300) }), output: z.void() },
  'databases.showPassword': { input: databaseRef, output: z.object({ password: z.string() }) },
  /** Puts a text with the password into the clipboard, past the window. */
  'databases.copy': { input: databaseRef.extend({ what: z.enum(databaseTexts) }), output: z.void() },
  /**
   * Opens `mysql://user@host:port/name` in the program that the system has for such addresses, without the password.
   * `isCopied` = the password is in the clipboard; false = the account may not see it.
   */
  'databases.open': { input: databaseRef, output: z.object({ isCopied: z.boolean() }) },
};
