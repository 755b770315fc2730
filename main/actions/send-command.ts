import type { HandlerInput } from '../../bridge/contract.js';
import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../words/words.js';
import { demand, refusing, serverOf, type ActionsDeps, type ServerDeps } from './deps.js';

/**
 * Sends one command, over the socket when it is live and takes it (up to 4 KB, PROTOCOL trap 36), else over REST,
 * and never twice. Its output comes with the console, echo included (PROTOCOL 4.12). What the socket took may come to
 * nothing after all; where that happened since `runSince`, this command is one of a run that has lost its beginning,
 * and is not sent.
 */
export async function sendCommand(
  deps: ServerDeps & Pick<ActionsDeps, 'histories'>,
  { serverId, command, runSince = Infinity }: HandlerInput<'command.send'>,
): Promise<void> {
  const { server, watched } = serverOf(deps, serverId);
  demand(server, 'control.console');
  // Over the socket this would be ignored without a word (PROTOCOL 4.4).
  if (server.power === 'offline') throw new PerchError(offline);
  const keepRunWhole = (): void => {
    if (watched.commandsLostAt >= runSince) throw new PerchError(brokenRun);
  };
  keepRunWhole();
  if (!watched.sendCommandLive(command)) {
    // Those before it are given up where this one shows that the socket accepts nothing any more.
    keepRunWhole();
    await refusing(watched, () => watched.panel.command(server.identifier, command));
  }
  deps.histories.add(serverId, command);
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
