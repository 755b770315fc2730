import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { BulkAction } from '../../../bridge/schema/bulk.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { awayBlock } from '../../../bridge/panel/permissions.js';
import type { Clock } from '../../base/ports.js';
import type { FleetStore } from '../../fleet/store.js';
import { awayProblem } from '../servers/send-power.js';
import { isWaiting, type BulkLedger } from './bulk-ledger.js';
import { isSignal, needsNoState, notRead, skipReason } from './bulk-outcome.js';
import type { PanelPauses } from './panel-pauses.js';

export interface BulkAdmissionDeps {
  store: Pick<FleetStore, 'state'>;
  clock: Clock;
  ledger: BulkLedger;
  rests: PanelPauses;
  /** Resolves when the store has the current state. Rejects with `PerchError` if the state cannot be read. */
  refresh(serverId: string): Promise<void>;
  /** Resolves when the panel accepts another signal. Rejects with `rate-limited` if that takes too long. */
  turn(serverId: string): Promise<void>;
}

/**
 * True if this server gets the signal at its turn in a bulk run.
 *
 * Reads an old or unknown state first, and leaves the server out if that fails. The state at the server's turn
 * decides. Never rejects.
 */
export async function prepare(deps: BulkAdmissionDeps, serverId: string): Promise<boolean> {
  const { refresh, turn, store, rests } = deps;
  const { accountId } = store.state.servers.get(serverId) ?? {};
  // `BulkPower` reports a server that is gone.
  if (accountId === undefined) return true;
  rests.end(accountId);
  rests.end(serverId);
  try {
    const action = deps.ledger.run?.action;
    if (action === undefined || !needsNoState(action)) await refresh(serverId);
    if (!isWanted(deps, serverId)) return false;
  } catch (error) {
    unread(deps, serverId, accountId, toProblem(error));
    return false;
  }
  try {
    await turn(serverId);
  } catch (error) {
    if (hasTurn(deps, serverId)) refused(deps, serverId, accountId, toProblem(error));
    return false;
  }
  return isWanted(deps, serverId);
}

/** True if the server still waits and its state allows the signal. Otherwise marks it as skipped. */
function isWanted(deps: BulkAdmissionDeps, serverId: string): boolean {
  const { ledger, store } = deps;
  const run = ledger.unfinished;
  if (run === null || !hasTurn(deps, serverId)) return false;
  const { servers, accounts } = store.state;
  const server = servers.get(serverId);
  if (server === undefined) return true;
  const problem = skipNow(run.action, server, accounts.get(server.accountId));
  if (problem !== null) ledger.setItem(serverId, { outcome: 'skipped', problem });
  return problem === null;
}

/** Why the server is skipped at its turn; null if it is not. */
function skipNow(action: BulkAction, server: Server, account: Account | undefined): Problem | null {
  if (needsNoState(action)) return skipReason(server, action);
  const away = isSignal(action) ? awayBlock(action, account) : null;
  if (away !== null) return awayProblem(away);
  return server.power === null ? notRead(server.problem) : skipReason(server, action);
}

function hasTurn({ ledger }: BulkAdmissionDeps, serverId: string): boolean {
  return ledger.unfinished?.items.some((item) => item.serverId === serverId && isWaiting(item)) === true;
}

/** Marks a server as skipped because its state could not be read. A rate limit gives it another turn. */
function unread(deps: BulkAdmissionDeps, serverId: string, accountId: string, problem: Problem): void {
  if (!hasTurn(deps, serverId)) return;
  if (problem.code === 'rate-limited') refused(deps, serverId, accountId, problem);
  else deps.ledger.setItem(serverId, { outcome: 'skipped', problem: notRead(problem) });
}

/**
 * Handles a refused signal or backup.
 *
 * After a rate limit the server waits for another turn, unless the run was cancelled; a limit that counts one server
 * delays this server only. If the answer to a signal was lost, the server's state decides the outcome.
 */
export function refused(
  { clock, ledger, rests }: Pick<BulkAdmissionDeps, 'clock' | 'ledger' | 'rests'>,
  serverId: string,
  accountId: string | null,
  problem: Problem,
): void {
  if (problem.maybeDone === true) {
    const action = ledger.run?.action;
    const outcome = action !== undefined && isSignal(action) ? 'sent' : 'unknown';
    return ledger.setItem(serverId, { outcome, problem });
  }
  const givesTurns = ledger.unfinished?.isCancelled === false;
  const isAgain = problem.code === 'rate-limited' && accountId !== null && givesTurns;
  if (isAgain) rests.begin(problem.ofServer === true ? serverId : accountId, problem, clock.now());
  ledger.setItem(serverId, { outcome: isAgain ? 'waiting' : 'failed', problem });
}
