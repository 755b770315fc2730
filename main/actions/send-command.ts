import type { Server } from '../../bridge/domain.js';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { conditionBlock, isGranted } from '../../bridge/permissions.js';
import { serverOf, type ActionsParts } from './parts.js';

const permission = 'control.console';

/**
 * Sends one command, over the socket when it is live and takes it (up to 4 KB, PROTOCOL trap 36), else over REST,
 * and never twice. Its output comes with the console, echo included (4.12).
 */
export async function sendCommand(
  parts: Pick<ActionsParts, 'store' | 'fleet'>,
  serverId: string,
  command: string,
): Promise<void> {
  const { server, watched } = serverOf(parts, serverId);
  const block = blockOf(server);
  if (block !== null) throw new PerchError(block);
  if (watched.sendCommandLive(command)) return;
  await watched.panel.command(server.identifier, command);
}

/** Over the socket all of this would be ignored without a word (PROTOCOL 4.4). */
function blockOf({ condition, permissions, power }: Server): Problem | null {
  const closed = conditionBlock(condition);
  if (closed !== null) {
    return {
      code: 'conflict',
      message: closed,
      next: 'Wait until that is over, or ask the host of the panel.',
      condition,
    };
  }
  if (!isGranted(permissions, permission)) {
    return {
      code: 'forbidden',
      message: `Your key lacks the permission ${permission}.`,
      next: `Ask the owner of the server for ${permission}.`,
      permission,
    };
  }
  if (power === 'offline') {
    return { code: 'conflict', message: 'The server is offline.', next: 'Start it, then send the command.' };
  }
  return null;
}
