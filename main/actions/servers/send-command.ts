import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import { PerchError, toProblem, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { WatchedServer } from '../../fleet/api.js';
import type { CommandHistoryStore } from '../../base/ports.js';
import { demand, refusing, serverOf, type ServerDeps } from '../deps.js';

/**
 * Sends one command, never twice: over the socket if it is live and the command fits (up to 4 KB, PROTOCOL trap 36),
 * otherwise over REST.
 *
 * The output, with the echo, comes through the console (PROTOCOL 4.12). The socket may lose an accepted command. If
 * commands were lost since `runSince`, the run of lines before this command is incomplete, and the command is not sent.
 * A command that may have arrived before is sent again only with `again`.
 */
export async function sendCommand(
  deps: ServerDeps & { readonly histories: Pick<CommandHistoryStore, 'add'> },
  { serverId, command, runSince, again = false }: HandlerInput<'command.send'>,
): Promise<HandlerOutput<'command.send'>> {
  const { server, watched } = serverOf(deps, serverId);
  demand(server, 'control.console');
  // Over the socket the node would ignore the command silently (PROTOCOL 4.4).
  if (server.power === 'offline') throw new PerchError(offline);
  const keepRunWhole = (): void => {
    if (watched.orders.commands.lostAt >= (runSince ?? Infinity)) throw new PerchError(brokenRun);
  };
  keepRunWhole();
  // The user has seen and confirmed the lines of a run.
  const isAgreed = again || runSince !== undefined;
  if (!isAgreed && watched.orders.commands.mayHaveArrived(command)) return { isTaken: false };
  watched.orders.commands.settle(command);
  watched.orders.commandSent(command);
  if (!watched.session.sendCommand(command)) {
    // If the socket just failed, the earlier commands of the run may be lost as well.
    keepRunWhole();
    await sendByPanel(watched, server.identifier, command);
  }
  deps.histories.add(serverId, command);
  return { isTaken: true };
}

async function sendByPanel(watched: WatchedServer, identifier: string, command: string): Promise<void> {
  try {
    await refusing(watched, () => watched.panel.command(identifier, command));
  } catch (error) {
    if (toProblem(error).maybeDone === true) watched.orders.commands.add([command]);
    throw error;
  }
}

const offline = newProblem('conflict', sentence('blocks.is-offline'), sentence('actions.offline-next'));

const brokenRun = newProblem('conflict', sentence('actions.broken-run'));
