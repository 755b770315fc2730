import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from '../data/world.js';
import { NodeDown, NodeRefusal, type Signal, type State, type Usage, type WingsNode } from '../wings/api.js';
import { nodeRefused, nodeUnreachable, unexpected, type PanelError } from './errors.js';

/** Something wrong between panel and node, for one server, for as long as it is set. For tests and the curious. */
export type Fault =
  /** The node, or a proxy before it, answers with this status. */
  | { kind: 'refuse'; status: number; message: string; fromProxy?: boolean | undefined }
  /** Never answers; the panel gives up after its time limit. */
  | { kind: 'hang' }
  /** The connection is dropped. */
  | { kind: 'reset' }
  /** Answers 200 with something that is not JSON. */
  | { kind: 'garbage' };

const cacheMs = 20_000;

export interface NodeGatewayOptions {
  /** By node id. */
  nodes: ReadonlyMap<number, WingsNode>;
  now: () => number;
  /** How long the panel waits for a node that says nothing; 15 s in the real one. */
  patienceMs: number;
}

/** The panel's side of its nodes: calls, time limit, the errors they become, and the cache of usage. */
export class NodeGateway {
  readonly #options: NodeGatewayOptions;
  readonly #faults = new Map<string, Fault>();
  readonly #cache = new Map<string, { usage: Usage; until: number }>();

  constructor(options: NodeGatewayOptions) {
    this.#options = options;
  }

  setFault(server: Server, fault: Fault | null): void {
    if (fault) this.#faults.set(server.uuid, fault);
    else this.#faults.delete(server.uuid);
    this.#cache.delete(server.uuid);
  }

  nodeOf(server: Server): WingsNode {
    const node = this.#options.nodes.get(server.nodeId);
    if (!node) throw new Error(`There is no node ${server.nodeId}.`);
    return node;
  }

  async power(server: Server, signal: Signal): Promise<void> {
    await this.#ask(server, true, (node) => node.power(server.uuid, signal));
  }

  /** `offline` answers for a server that does not run, and for any 502 on the way: they read the same (PROTOCOL 9). */
  async command(server: Server, command: string, offline: () => PanelError): Promise<void> {
    await this.#ask(
      server,
      true,
      (node) => node.command(server.uuid, command),
      (status) => (status === 502 ? offline() : null),
    );
  }

  async reinstall(server: Server): Promise<void> {
    await this.#ask(server, true, (node) => node.reinstall(server.uuid));
  }

  /** What its node says of it now; `offline` where the node says nothing. */
  state(server: Server): State {
    try {
      return this.nodeOf(server).state(server.uuid);
    } catch (error) {
      if (error instanceof NodeDown || error instanceof NodeRefusal) return 'offline';
      throw error;
    }
  }

  /** At most 20 s old and the same for all users; failures are not kept. */
  async usage(server: Server): Promise<Usage> {
    const kept = this.#cache.get(server.uuid);
    if (kept && kept.until > this.#options.now()) return kept.usage;
    const usage = await this.#ask(server, false, (node) => node.usage(server.uuid));
    this.#cache.set(server.uuid, { usage, until: this.#options.now() + cacheMs });
    return usage;
  }

  /** `forward`: a refusal keeps the node's status (PROTOCOL 3.3). */
  async #ask<T>(
    server: Server,
    forward: boolean,
    verb: (node: WingsNode) => T,
    instead: (status: number) => PanelError | null = () => null,
  ): Promise<T> {
    try {
      await this.#suffer(server);
      return verb(this.nodeOf(server));
    } catch (error) {
      if (error instanceof NodeDown) throw nodeUnreachable();
      if (!(error instanceof NodeRefusal)) throw error;
      throw instead(error.status) ?? nodeRefused(error.status, error.message, error.requestId, forward);
    }
  }

  async #suffer(server: Server): Promise<void> {
    const fault = this.#faults.get(server.uuid);
    if (!fault) return;
    if (fault.kind === 'garbage') throw unexpected('TypeError');
    if (fault.kind === 'refuse') {
      throw new NodeRefusal(fault.status, fault.message, fault.fromProxy ? '' : randomUUID());
    }
    if (fault.kind === 'hang') await pause(this.#options.patienceMs);
    throw new NodeDown();
  }
}
