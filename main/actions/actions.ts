/**
 * The verbs of a person, as one table by the contract's names. A click in a window, the tray menu, a notification and
 * the command line all end here. Every verb rejects with `PerchError` and nothing else. Composition:
 *
 *   const book = new AccountBook(accountRecords);
 *   fleet.start(await book.load());
 *   const actions = createActions({ store, fleet, book, vault, network, demo, log, probePanel, newId });
 */
import { PerchError, toProblem } from '../../bridge/errors.js';
import type { Log } from '../base/ports.js';
import { accountCalls } from './accounts/calls.js';
import { commandCalls } from './servers/command-calls.js';
import type { ActionsDeps } from './deps.js';
import { serverCalls } from './servers/calls.js';

export type Actions = ReturnType<typeof createActions>;

export function createActions(deps: ActionsDeps) {
  const verbs = { ...accountCalls(deps), ...serverCalls(deps), ...commandCalls(deps) };
  return onlyPerchErrors(verbs, deps.log);
}

type AnyVerb = (input: never, caller: never) => Promise<unknown>;

/** Whatever else is thrown is an error of ours: it is logged by the verb's name and becomes `internal`. */
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
  // Each has the type of the verb that it wraps; TypeScript loses that on the way through a list.
  return Object.fromEntries(safely) as unknown as T;
}
