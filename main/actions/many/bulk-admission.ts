import { toProblem, type Problem } from '../../../bridge/errors.js';
import { awayBlock } from '../../../bridge/panel/permissions.js';
import type { Clock } from '../../base/ports.js';
import type { FleetStore } from '../../fleet/store.js';
import { awayProblem } from '../servers/send-power.js';
import { isWaiting, type BulkLedger } from './bulk-ledger.js';
import { notRead, skipReason } from './bulk-outcome.js';
import type { PanelRests } from './panel-rests.js';

export interface BulkAdmissionDeps {
  store: Pick<FleetStore, 'state'>;
  clock: Clock;
  ledger: BulkLedger;
  rests: PanelRests;
  /** Resolves when the store has the current state. Rejects with `PerchError` if the state cannot be read. */
  look(serverId: string): Promise<void>;
  /** Resolves when the panel accepts another signal. Rejects with `rate-limited` if that takes too long. */
  turn(serverId: string): Promise<void>;
}

/** Decides whether a server gets the signal at its turn in a bulk run, and handles a refused signal. */
export class BulkAdmission {
  readonly #deps: BulkAdmissionDeps;

  constructor(deps: BulkAdmissionDeps) {
    this.#deps = deps;
  }

  /**
   * True if this server gets its signal.
   *
   * Reads an old or unknown state first, and leaves the server out if that fails. The state at the server's turn
   * decides. Never rejects.
   */
  async prepare(serverId: string): Promise<boolean> {
    const { look, turn, store } = this.#deps;
    const { accountId } = store.state.servers.get(serverId) ?? {};
    // `BulkPower` reports a server that is gone.
    if (accountId === undefined) return true;
    this.#deps.rests.end(accountId);
    try {
      await look(serverId);
      if (!this.#isWanted(serverId)) return false;
    } catch (error) {
      this.#unread(serverId, accountId, toProblem(error));
      return false;
    }
    try {
      await turn(serverId);
    } catch (error) {
      if (this.#hasTurn(serverId)) this.refused(serverId, accountId, toProblem(error));
      return false;
    }
    return this.#isWanted(serverId);
  }

  /** True if the server still waits and its state allows the signal. Otherwise marks it as skipped. */
  #isWanted(serverId: string): boolean {
    const run = this.#deps.ledger.unfinished;
    if (run === null || !this.#hasTurn(serverId)) return false;
    const { servers, accounts } = this.#deps.store.state;
    const server = servers.get(serverId);
    if (server === undefined) return true;
    const away = awayBlock(run.signal, accounts.get(server.accountId));
    if (away !== null) {
      this.#deps.ledger.setItem(serverId, { outcome: 'skipped', problem: awayProblem(away) });
      return false;
    }
    const problem = server.power === null ? notRead(server.problem) : skipReason(server, run.signal);
    if (problem !== null) this.#deps.ledger.setItem(serverId, { outcome: 'skipped', problem });
    return problem === null;
  }

  #hasTurn(serverId: string): boolean {
    return (
      this.#deps.ledger.unfinished?.items.some((item) => item.serverId === serverId && isWaiting(item)) ===
      true
    );
  }

  /** Marks a server as skipped because its state could not be read. A rate limit gives it another turn. */
  #unread(serverId: string, accountId: string, problem: Problem): void {
    if (!this.#hasTurn(serverId)) return;
    if (problem.code === 'rate-limited') this.refused(serverId, accountId, problem);
    else this.#deps.ledger.setItem(serverId, { outcome: 'skipped', problem: notRead(problem) });
  }

  /**
   * Handles a refused signal.
   *
   * After a rate limit the server waits for another turn, unless the run was cancelled. If the answer was lost, the
   * server's state decides the outcome.
   */
  refused(serverId: string, accountId: string | null, problem: Problem): void {
    if (problem.maybeDone === true) return this.#deps.ledger.setItem(serverId, { outcome: 'sent', problem });
    const givesTurns = this.#deps.ledger.unfinished?.isCancelled === false;
    const hasTurn = problem.code === 'rate-limited' && accountId !== null && givesTurns;
    if (hasTurn) this.#deps.rests.begin(accountId, problem, this.#deps.clock.now());
    this.#deps.ledger.setItem(serverId, { outcome: hasTurn ? 'waiting' : 'failed', problem });
  }
}
