import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { PerchError, toProblem, type Problem } from '../../../bridge/errors.js';
import { awayBlock, conditionBlock, powerBlock, powerPermission } from '../../../bridge/panel/permissions.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import { serverOf, type ServerDeps } from '../deps.js';

/**
 * Sends one power signal, over the socket when it is live and else over REST, and never twice (PROTOCOL trap 18): only
 * what the node itself refused for a void token the session sends once more (PROTOCOL 4.8).
 * Resolves when it is sent; the fleet waits for what comes of it. What is refused, the caller says, not the row; what may
 * have been carried out the row says, until it is known.
 */
export async function sendPower(
  deps: ServerDeps,
  { serverId, signal, despitePanel = false }: HandlerInput<'power.send'>,
): Promise<void> {
  const { server, watched } = serverOf(deps, serverId);
  const block = blockOf(server, signal);
  if (block !== null) throw new PerchError(block);
  const away = awayBlock(signal, deps.store.state.accounts.get(server.accountId));
  if (away !== null && !despitePanel) throw new PerchError(awayProblem(away));
  watched.signalSent(signal);
  if (watched.sendPowerLive(signal)) return;
  try {
    await watched.panel.power(server.identifier, signal);
  } catch (error) {
    const problem = toProblem(error);
    if (problem.maybeDone !== true) watched.signalFailed(signal, problem);
    // What reality has shown meanwhile counts, not the answer that did not come.
    else if (!watched.signalUnsure(signal, problem)) return;
    throw error;
  }
  watched.signalGiven(signal);
}

/** A node could not start the server now, and nobody has agreed to that. */
export function awayProblem(message: Sentence): Problem {
  return { code: 'conflict', message, next: sentence('blocks.panel-away-next') };
}

function blockOf(server: Server, signal: PowerSignal): Problem | null {
  const message = powerBlock(signal, server);
  if (message === null) return null;
  if (conditionBlock(server.condition) !== null) {
    return {
      code: 'conflict',
      message,
      next: sentence('actions.wait-or-ask'),
      condition: server.condition,
    };
  }
  // What the same server with every permission would say tells whether it is the permission that is missing.
  if (powerBlock(signal, { ...server, permissions: null })?.id !== message.id) {
    const permission = powerPermission(signal);
    return {
      code: 'forbidden',
      message,
      next: sentence('panel.ask-owner', { permission }),
      permission,
    };
  }
  return { code: 'conflict', message, next: sentence('actions.other-state') };
}
