/** Checks before the warnings of a restart, and before the restart itself. Pure. */
import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { awayBlock, powerPermission, warnBlock } from '../../../bridge/panel/permissions.js';
import type { Warning } from '../../../bridge/schema/warned-restart.js';
import { isWarningTooLong, mostOfCommand } from '../../../bridge/settings/warning.js';
import { sentence } from '../../../messages/messages.js';
import type { FleetStore } from '../../fleet/store.js';
import { demand } from '../deps.js';
import { awayProblem } from '../servers/send-power.js';
import { gone, notRead } from './bulk-outcome.js';
import { isLeft, type Countdown } from './countdown.js';

type State = FleetStore['state'];

/** Throws if an obstacle prevents the warnings or the restart. */
export function demandWarning(
  { servers, accounts }: State,
  { serverId, seconds, message, command }: Warning & { serverId: string },
): void {
  const server = servers.get(serverId);
  if (server === undefined) throw new PerchError(gone);
  for (const permission of [powerPermission('restart'), 'control.console']) demand(server, permission);
  const block = warnBlock(server);
  if (block !== null) {
    throw new PerchError(newProblem('conflict', block, sentence('actions.other-state')));
  }
  demandPanel(server, accounts);
  if (isWarningTooLong(message, command, seconds * 1000)) throw new PerchError(tooLong);
}

/**
 * True if the server is down or was restarted, so that the restart is dropped. Throws if the state is still unknown.
 */
export function isDown(countdown: Countdown, { servers, accounts }: State): boolean {
  const server = servers.get(countdown.shown.serverId);
  if (server === undefined) throw new PerchError(gone);
  if (server.power === null) throw new PerchError(notRead(server.problem));
  demandPanel(server, accounts);
  return isLeft(countdown, server);
}

/** Throws if the server would stay down: the node needs the panel to start a server, and the panel does not answer. */
function demandPanel({ accountId }: Server, accounts: State['accounts']): void {
  const away = awayBlock('restart', accounts.get(accountId));
  if (away !== null) throw new PerchError(awayProblem(away));
}

const tooLong = newProblem('invalid', sentence('warned.too-long', { most: mostOfCommand }));
