/**
 * The verbs of a person, put together. Composition:
 *
 *   const book = new AccountBook(accountRecords);
 *   fleet.start(await book.load());
 *   const actions = createActions({ store, fleet, book, vault, network, demo, log, probePanel, newId });
 */
import { PerchError, toProblem } from '../../bridge/errors.js';
import type { Log } from '../base/ports.js';
import { addAccount } from './add-account.js';
import type { Actions } from './api.js';
import type { ActionsDeps } from './deps.js';
import { readPermissions } from './read-permissions.js';
import { reinstallServer } from './reinstall-server.js';
import { removeAccount } from './remove-account.js';
import { renameAccount } from './rename-account.js';
import { renameServer } from './rename-server.js';
import { retryAccount } from './retry-account.js';
import { retryServer } from './retry-server.js';
import { sendCommand } from './send-command.js';
import { sendPower } from './send-power.js';
import { setDockerImage } from './set-docker-image.js';
import { startDemo } from './start-demo.js';
import { Startups } from './startup.js';

export function createActions(deps: ActionsDeps): Actions {
  const safely = onlyPerchErrors(deps.log);
  // Changes of the list of accounts wait for each other: a double click must not add a panel twice.
  const inTurn = oneAfterTheOther();
  const startups = new Startups(deps);
  return {
    addAccount: (input) => safely('add-account', () => inTurn(() => addAccount(deps, input))),
    renameAccount: (id, label) =>
      safely('rename-account', () => inTurn(() => renameAccount(deps, id, label))),
    removeAccount: (id) => safely('remove-account', () => inTurn(() => removeAccount(deps, id))),
    retryAccount: (id) => safely('retry-account', () => retryAccount(deps, id)),
    startDemo: () => safely('start-demo', () => inTurn(() => startDemo(deps))),
    sendPower: (id, signal) => safely('send-power', () => sendPower(deps, id, signal)),
    sendCommand: (id, command, runSince) =>
      safely('send-command', () => sendCommand(deps, id, command, runSince)),
    commandHistory: (id) => safely('command-history', () => deps.histories.of(id)),
    forgetHistory: (id) => safely('forget-history', () => deps.histories.forget(id)),
    forgetCommand: (id, command) => safely('forget-command', () => deps.histories.forgetCommand(id, command)),
    renameServer: (id, input) => safely('rename', () => renameServer(deps, id, input)),
    reinstallServer: (id) => safely('reinstall', () => reinstallServer(deps, id)),
    setDockerImage: (id, image) => safely('set-docker-image', () => setDockerImage(deps, id, image)),
    readStartup: (id) => safely('read-startup', () => startups.read(id)),
    setVariable: (id, key, value) => safely('set-variable', () => startups.setVariable(id, key, value)),
    readPermissions: (id) => safely('read-permissions', () => readPermissions(deps, id)),
    retryServer: (id) => safely('retry-server', () => retryServer(deps, id)),
  };
}

/** Whatever else is thrown is an error of ours: it is logged by its name and becomes `internal`. */
function onlyPerchErrors(log: Log): <T>(action: string, run: () => Promise<T>) => Promise<T> {
  return async (action, run) => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof PerchError) {
        log.info('action.refused', { action, code: error.problem.code });
        throw error;
      }
      log.error('action.failed', { action, error: error instanceof Error ? error.stack : String(error) });
      throw new PerchError(toProblem(error), { cause: error });
    }
  };
}

function oneAfterTheOther(): <T>(run: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(run, run);
    last = next.catch(() => undefined);
    return next;
  };
}
