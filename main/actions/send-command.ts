import { PerchError } from '../../bridge/errors.js';
import { demand, refusing, serverOf, type ActionsParts, type ServerParts } from './parts.js';

/**
 * Sends one command, over the socket when it is live and takes it (up to 4 KB, PROTOCOL trap 36), else over REST,
 * and never twice: only what the node itself refused for a void token the session sends once more (4.8). Its output
 * comes with the console, echo included (4.12).
 */
export async function sendCommand(
  parts: ServerParts & Pick<ActionsParts, 'histories'>,
  serverId: string,
  command: string,
): Promise<void> {
  const { server, watched } = serverOf(parts, serverId);
  demand(server, 'control.console');
  // Over the socket this would be ignored without a word (PROTOCOL 4.4).
  if (server.power === 'offline') throw new PerchError(offline);
  if (!watched.sendCommandLive(command)) {
    await refusing(watched, () => watched.panel.command(server.identifier, command));
  }
  parts.histories.add(serverId, command);
}

const offline = {
  code: 'conflict',
  message: 'The server is offline.',
  next: 'Start it, then send the command.',
} as const;
