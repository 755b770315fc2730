import type { Server } from '../../../bridge/schema/domain.js';
import { PerchError, toProblem, type Problem } from '../../../bridge/errors.js';
import { conditionBlock, isGranted } from '../../../bridge/panel/permissions.js';
import type { PanelActivity, PanelApi } from '../../panel/api.js';
import type { PollOutcome } from '../plan/silent-nodes.js';
import type { PollWork } from '../plan/poller.js';
import { unknownToNode } from '../server/unknown-server.js';
import type { FleetStore } from '../store.js';
import type { AccountRow } from './account-row.js';
import { isPanelWide } from './panel-wide.js';
import type { ServerWatchers } from './server-watchers.js';

interface ServerReadsDeps {
  store: FleetStore;
  row: AccountRow;
  panel: PanelApi;
  watchers: Pick<ServerWatchers, 'get' | 'all' | 'read'>;
  /** Resolves when it is the turn of a bulk action's call. Rejects if the turn is too far away. */
  turn(): Promise<void>;
  /** Sends an optional read when no other call is due. Resolves with null if the read is dropped. */
  lookUp<T>(call: () => Promise<T>): Promise<T | null>;
  /** Called for a problem that may concern the whole panel. */
  suspect(problem: Problem): void;
}

/** Asks the panel about single servers of one account, and remembers the nodes that did not answer. */
export class ServerReads implements PollWork {
  /** The last problem of each node that did not answer, by node. */
  readonly #silentNodes = new Map<string, Problem>();

  constructor(private readonly deps: ServerReadsDeps) {}

  /** Polls one server now. A failed account rejects with its own problem instead of asking. */
  async refresh(id: string): Promise<void> {
    const { problem } = this.deps.row;
    if (problem !== null) throw new PerchError(problem);
    await this.deps.turn();
    await this.#ask(id);
  }

  async poll(id: string): Promise<PollOutcome> {
    try {
      await this.#ask(id);
      return 'seen';
    } catch (error) {
      const problem = toProblem(error);
      const server = this.#server(id);
      if (problem.code !== 'node-unreachable' || server === undefined) return 'failed';
      if (unknownToNode(server.link, problem) !== null) return 'alone';
      this.#silentNodes.set(server.node, problem);
      return 'silent';
    }
  }

  /** Applies the problem of a silent node to a server on that node which was not polled. */
  heldBack(id: string): void {
    const problem = this.#silentNodes.get(this.nodeOf(id));
    if (problem !== undefined) this.deps.watchers.get(id)?.sightings.pollFailed(problem);
  }

  nodeOf(id: string): string {
    return this.#server(id)?.node ?? '';
  }

  isLive(node: string): boolean {
    return this.deps.watchers.all().some(({ id }) => {
      const server = this.#server(id);
      return server?.node === node && server.link.kind === 'live';
    });
  }

  /** Recent activity on a server; null if the panel can't be asked now or the permission is missing. */
  async activityOf({ identifier, permissions, condition }: Server): Promise<readonly PanelActivity[] | null> {
    const { row, panel, lookUp, suspect } = this.deps;
    const mayRead = permissions !== null && isGranted(permissions, 'activity.read');
    if (!mayRead || conditionBlock(condition) !== null || row.now?.state.kind !== 'ready') return null;
    try {
      return await lookUp(() => panel.activity(identifier));
    } catch (error) {
      suspect(toProblem(error));
      return null;
    }
  }

  /** Reads one server again when no other call is due. Never rejects. */
  async readRights(id: string): Promise<void> {
    const { row, lookUp } = this.deps;
    if (row.now?.state.kind === 'ready') await lookUp(() => this.read(id));
  }

  /**
   * Reads the permissions of a polled server once, because the list never has them (PROTOCOL D13). False on failure.
   */
  async read(id: string): Promise<boolean> {
    try {
      await this.deps.watchers.read(id);
      return true;
    } catch (error) {
      this.deps.suspect(toProblem(error));
      return false;
    }
  }

  async #ask(id: string): Promise<void> {
    const { panel, watchers, suspect } = this.deps;
    const server = this.#server(id);
    if (server === undefined) return;
    try {
      const resources = await panel.resources(server.identifier);
      watchers.get(id)?.sightings.polled(resources);
    } catch (error) {
      const problem = toProblem(error);
      if (isPanelWide(problem)) suspect(problem);
      else watchers.get(id)?.sightings.pollFailed(problem);
      throw error;
    }
  }

  #server(id: string): Server | undefined {
    return this.deps.store.state.servers.get(id);
  }
}
