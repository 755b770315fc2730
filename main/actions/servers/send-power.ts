import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { PerchError, toProblem, newProblem, type Problem } from '../../../bridge/errors.js';
import { awayBlock, conditionBlock, powerBlock, powerPermission } from '../../../bridge/panel/permissions.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import { serverOf, type ServerDeps } from '../deps.js';

/**
 * Sends one power signal, over the socket if it is live, otherwise over REST. Never sends it twice (PROTOCOL trap 18),
 * except that the session repeats a signal that the node refused for an expired token (PROTOCOL 4.8).
 *
 * Resolves when the signal is sent; the fleet follows its effect. The caller reports a refused signal. The server's
 * row reports a signal that may have been carried out.
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
  watched.orders.signalSent(signal);
  if (watched.session.sendPower(signal)) return;
  try {
    await watched.panel.power(server.identifier, signal);
  } catch (error) {
    const problem = toProblem(error);
    if (problem.maybeDone !== true) watched.orders.signalFailed(signal, problem);
    // If the server's state has already shown the result, the lost answer does not matter.
    else if (!watched.orders.signalUnsure(signal, problem)) return;
    throw error;
  }
  watched.orders.signalGiven(signal);
}

/** Problem of a start or restart while the panel does not answer: the node cannot start the server then. */
export function awayProblem(message: Sentence): Problem {
  return newProblem('conflict', message, sentence('blocks.panel-away-next'));
}

function blockOf(server: Server, signal: PowerSignal): Problem | null {
  const message = powerBlock(signal, server);
  if (message === null) return null;
  if (conditionBlock(server.condition) !== null) {
    return {
      ...newProblem('conflict', message, sentence('actions.wait-or-ask')),
      condition: server.condition,
    };
  }
  // If the same check with all permissions gives another message, the permission is missing.
  if (powerBlock(signal, { ...server, permissions: null })?.id !== message.id) {
    const permission = powerPermission(signal);
    return { ...newProblem('forbidden', message, sentence('panel.ask-owner', { permission })), permission };
  }
  return newProblem('conflict', message, sentence('actions.other-state'));
}
