import { databaseAddress, databaseText } from '../../../bridge/databases/connection.js';
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import type { Database } from '../../../bridge/schema/databases.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import type { Browser } from './browser.js';
import type { SystemClipboard } from './clipboard.js';

export interface DatabaseCallsDeps {
  readonly databases: {
    /** Rejects with `PerchError`; `forbidden` if the account may not see the password. */
    withPassword(serverId: string, id: string): Promise<{ database: Database; password: string }>;
    /** Rejects with `PerchError`. */
    alone(serverId: string, id: string): Promise<Database>;
  };
  readonly browser: Pick<Browser, 'openDatabase'>;
  readonly clipboard: Pick<SystemClipboard, 'write'>;
}

/** Calls about databases that need the clipboard or another program. The password goes past the windows. */
export function databaseDesktopCalls({ databases, browser, clipboard }: DatabaseCallsDeps) {
  return {
    'databases.copy': async ({ serverId, database: id, what }) => {
      const { database, password } = await databases.withPassword(serverId, id);
      const text = databaseText(what, database, password);
      if (text === null) throw new PerchError(noAddress);
      await clipboard.write(text);
    },
    // Other programs get addresses on their command line, which every user of the computer can read: the password goes
    // through the clipboard instead.
    'databases.open': async ({ serverId, database: id }) => {
      const known = await databases.withPassword(serverId, id).catch(async (error: unknown) => {
        if (toProblem(error).code !== 'forbidden') throw error;
        return { database: await databases.alone(serverId, id), password: null };
      });
      const address = databaseAddress(known.database);
      if (address === null) throw new PerchError(noAddress);
      await browser.openDatabase(address);
      if (known.password !== null) await clipboard.write(known.password);
      return { isCopied: known.password !== null };
    },
  } satisfies CallTable;
}

const noAddress = newProblem('conflict', sentence('actions.database-address'));
