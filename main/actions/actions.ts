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
import type { ActionsParts } from './parts.js';
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

export function createActions(parts: ActionsParts): Actions {
  const safely = onlyPerchErrors(parts.log);
  // Changes of the list of accounts wait for each other: a double click must not add a panel twice.
  const inTurn = oneAfterTheOther();
  const startups = new Startups(parts);
  return {
    addAccount: (input) => safely('add-account', () => inTurn(() => addAccount(parts, input))),
    renameAccount: (id, label) =>
      safely('rename-account', () => inTurn(() => renameAccount(parts, id, label))),
    removeAccount: (id) => safely('remove-account', () => inTurn(() => removeAccount(parts, id))),
    retryAccount: (id) => safely('retry-account', () => retryAccount(parts, id)),
    startDemo: () => safely('start-demo', () => inTurn(() => startDemo(parts))),
    sendPower: (id, signal) => safely('send-power', () => sendPower(parts, id, signal)),
    sendCommand: (id, command, runSince) =>
      safely('send-command', () => sendCommand(parts, id, command, runSince)),
    commandHistory: (id) => safely('command-history', () => parts.histories.of(id)),
    forgetHistory: (id) => safely('forget-history', () => parts.histories.forget(id)),
    forgetCommand: (id, command) =>
      safely('forget-command', () => parts.histories.forgetCommand(id, command)),
    renameServer: (id, input) => safely('rename', () => renameServer(parts, id, input)),
    reinstallServer: (id) => safely('reinstall', () => reinstallServer(parts, id)),
    setDockerImage: (id, image) => safely('set-docker-image', () => setDockerImage(parts, id, image)),
    readStartup: (id) => safely('read-startup', () => startups.read(id)),
    setVariable: (id, key, value) => safely('set-variable', () => startups.setVariable(id, key, value)),
    readPermissions: (id) => safely('read-permissions', () => readPermissions(parts, id)),
    retryServer: (id) => safely('retry-server', () => retryServer(parts, id)),
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
