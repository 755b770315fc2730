import { PerchError, toProblem, type Problem } from '../../../bridge/errors.js';
import type { PanelApi, SocketTicket } from '../../panel/api.js';
import type { TicketPanel } from '../server/session-slot.js';
import type { FleetStore } from '../store.js';
import type { AccountRow } from './account-row.js';
import { stopsEveryCall } from './panel-wide.js';
import { tokensUsedUp } from './used-up.js';

interface SessionTicketsDeps {
  store: FleetStore;
  row: AccountRow;
  panel: PanelApi;
  /** Sends a token request of this server in its turn. */
  inTurn<T>(id: string, send: () => Promise<T>): Promise<T>;
}

/** Tokens for the sessions of one account, and the panel's reasons for issuing none. */
export class SessionTickets {
  /** The panel's last reason for issuing no token, by server id. */
  readonly #problems = new Map<string, Problem>();

  constructor(private readonly deps: SessionTicketsDeps) {}

  forget(id: string): void {
    this.#problems.delete(id);
  }

  /** The panel client for one session. A token request waits for its turn among all calls to the panel. */
  panelFor(id: string): TicketPanel {
    const { panel, inTurn } = this.deps;
    return {
      origin: panel.origin,
      socketTicket: (identifier) => inTurn(id, () => this.#request(id, identifier)),
    };
  }

  /** Fails at once if the account's key is rejected or missing, instead of trying once per server. */
  async #request(id: string, identifier: string): Promise<SocketTicket> {
    const { problem } = this.deps.row;
    if (problem !== null && stopsEveryCall(problem.code)) throw new PerchError(problem);
    this.#problems.delete(id);
    try {
      return await this.deps.panel.socketTicket(identifier);
    } catch (error) {
      this.#problems.set(id, toProblem(error));
      throw error;
    }
  }

  /**
   * The error for a server that used up its tokens for now.
   * Keeps the reason why its session needs new tokens: the panel's last answer, or the node's problem with the tokens.
   */
  usedUp(id: string, retryAt: number): PerchError {
    const { store, row } = this.deps;
    const link = store.state.servers.get(id)?.link;
    const cause = this.#problems.get(id) ?? (link?.kind === 'reconnecting' ? link.problem : null);
    if (cause !== null) return new PerchError({ ...cause, retryAt, ofServer: true });
    return tokensUsedUp(row.record.label, retryAt);
  }
}
