import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import { PerchError, toProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { WatchedServer } from '../../fleet/api.js';
import type { CommandHistories } from '../../base/ports.js';
import { demand, refusing, serverOf, type ServerDeps } from '../deps.js';

/**
 * Sends one command, over the socket when it is live and takes it (up to 4 KB, PROTOCOL trap 36), else over REST,
 * and never twice. Its output comes with the console, echo included (PROTOCOL 4.12). What the socket took may come to
 * nothing after all; where that happened since `runSince`, this command is one of a run that has lost its beginning,
 * and is not sent. One that may have arrived before is sent again only with `again`.
 */
export async function sendCommand(
  deps: ServerDeps & { readonly histories: Pick<CommandHistories, 'add'> },
  { serverId, command, runSince, again = false }: HandlerInput<'command.send'>,
): Promise<HandlerOutput<'command.send'>> {
  const { server, watched } = serverOf(deps, serverId);
  demand(server, 'control.console');
  // Over the socket this would be ignored without a word (PROTOCOL 4.4).
  if (server.power === 'offline') throw new PerchError(offline);
  const keepRunWhole = (): void => {
    if (watched.commandsLostAt >= (runSince ?? Infinity)) throw new PerchError(brokenRun);
  };
  keepRunWhole();
  // The lines of a run were shown and agreed to.
  const isAgreed = again || runSince !== undefined;
  if (!isAgreed && watched.mayHaveArrived(command)) return { isTaken: false };
  watched.commandSettled(command);
  if (!watched.sendCommandLive(command)) {
    // Those before it are given up where this one shows that the socket accepts nothing any more.
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
    if (toProblem(error).maybeDone === true) watched.commandsUnsure([command]);
    throw error;
  }
}

const offline = {
  code: 'conflict',
  message: sentence('blocks.is-offline'),
  next: sentence('actions.offline-next'),
} as const;

const brokenRun = {
  code: 'conflict',
  message: sentence('actions.broken-run'),
  next: sentence('actions.broken-run-next'),
} as const;
