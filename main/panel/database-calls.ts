/** Requests about the databases of a server (PROTOCOL 2.22). */
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { read, serverPath, write } from './call.js';
import { databaseItem, databasesAnswer, passwordAnswer } from './wire/databases.js';

/** Path of one database, or of a route below it. The id comes from a panel or a window. */
function databasePath(identifier: string, database: string, rest = ''): string {
  if (!/^[\w-]{1,100}$/.test(database)) {
    throw new PerchError(
      newProblem('not-found', sentence('panel.no-database-id'), sentence('panel.load-databases')),
    );
  }
  return serverPath(identifier, `/databases/${database}${rest}`);
}

const change = {
  subject: 'database',
  unsure: sentence('panel.maybe-database'),
  answersSecret: true,
} as const;

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const databaseRequests = {
  databases: (identifier: string) =>
    read(serverPath(identifier, '/databases'), sentence('panel.what.databases'), databasesAnswer, {
      subject: 'server',
      permission: 'database.read',
    }),

  /**
   * One database with its password; `password` null = the account may not see it. The panel gives passwords only for
   * the whole list; Perch drops the other passwords unread.
   */
  databasePassword: (identifier: string, database: string) =>
    read(
      serverPath(identifier, '/databases?include=password'),
      sentence('panel.what.database-password'),
      passwordAnswer(database),
      { subject: 'server', permission: 'database.read', answersSecret: true },
    ),

  /** Newer panels create two a minute and server. The password in the answer is dropped. */
  createDatabase: (identifier: string, { name, from }: { name: string; from: string }) =>
    write('POST', serverPath(identifier, '/databases'), {
      ...change,
      body: { remote: from, database: name },
      what: sentence('panel.what.database-create'),
      permission: 'database.create',
      throttled: 'database-throttled',
      hasOwnLimit: true,
      answer: databaseItem,
    }),

  /** Gives the database's user a new password, which the answer holds and Perch drops. */
  rotateDatabase: (identifier: string, database: string) =>
    write('POST', databasePath(identifier, database, '/rotate-password'), {
      ...change,
      what: sentence('panel.what.database-rotate'),
      unsure: sentence('panel.maybe-rotated'),
      permission: 'database.update',
      answer: databaseItem,
    }),

  deleteDatabase: (identifier: string, database: string) =>
    write('DELETE', databasePath(identifier, database), {
      ...change,
      what: sentence('panel.what.database-delete'),
      permission: 'database.delete',
    }),
};
