/**
 * The actions of the user, by call name. Windows, the tray menu, notifications and the command line use them.
 *
 * Every action rejects with `PerchError` only. `main/modules.ts` builds them.
 */
import { PerchError, toProblem } from '../../bridge/errors.js';
import type { Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import { accountCalls } from './accounts/calls.js';
import { ownAccountCalls } from './accounts/own-account.js';
import type { ActionsDeps } from './deps.js';
import { backupCalls } from './servers/backups.js';
import { peopleCalls } from './servers/people.js';
import { networkCalls } from './servers/network.js';
import { databaseCalls } from './servers/databases.js';
import { scheduleCalls } from './servers/schedules.js';
import { serverCalls } from './servers/calls.js';
import type { BackupDeps } from './servers/create-backup.js';

export type Actions = ReturnType<typeof createActions>;

export function createActions(deps: ActionsDeps & BackupDeps) {
  // Changes of accounts and of their keys run one after the other: a double click adds no panel twice, and makes one key.
  const accountChanges = new SerialQueue();
  const verbs = {
    ...accountCalls(deps, accountChanges),
    ...serverCalls(deps),
    ...backupCalls(deps),
    ...networkCalls(deps),
    ...scheduleCalls(deps),
    ...peopleCalls(deps),
    ...ownAccountCalls(deps, accountChanges),
    ...databaseCalls(deps),
  };
  return onlyPerchErrors(verbs, deps.log);
}

type AnyVerb = (input: never, caller: never) => Promise<unknown>;

/** Turns any other error into `internal`, and logs it with the action's name: it is a bug of Perch. */
function onlyPerchErrors<T extends Readonly<Record<string, AnyVerb>>>(verbs: T, log: Log): T {
  const safely = Object.entries(verbs).map(([action, verb]): [string, AnyVerb] => [
    action,
    async (input, caller) => {
      try {
        return await verb(input, caller);
      } catch (error) {
        if (error instanceof PerchError) {
          log.info('action.refused', { action, code: error.problem.code });
          throw error;
        }
        log.error('action.failed', { action, error: error instanceof Error ? error.stack : String(error) });
        throw new PerchError(toProblem(error), { cause: error });
      }
    },
  ]);
  // Each function has the type of the action it wraps; `Object.fromEntries` loses that type.
  return Object.fromEntries(safely) as unknown as T;
}
