import type { SocketFaults, WingsNode } from '../wings/api.js';
import type { NodeGateway } from './node-gateway.js';
import type { Targets } from './targets.js';

export interface SocketChangesDeps {
  nodes: ReadonlyMap<number, WingsNode>;
  gateway: NodeGateway;
  targets: Targets;
}

/** Faults between clients and a node's websockets: a proxy, a dead connection, a wrong address. */
export class SocketChanges {
  constructor(private readonly deps: SocketChangesDeps) {}

  /** Sets faults until they are withdrawn or the node goes down. */
  disturb(node: string, faults: Partial<SocketFaults>): void {
    this.#node(node)?.disturb(faults);
  }

  /**
   * Sets the start of the websocket address that the panel returns with a token, such as `ws://127.0.0.1:1`; null = the
   * node's real address.
   */
  setAddress(node: string, base: string | null): void {
    const { gateway, targets } = this.deps;
    gateway.setSocketBase(targets.node(node), base);
  }

  /** Closes the websockets of one server of the node, or of all. */
  close(node: string, server: string | null, how: { code: number; reason: string }): void {
    const uuid = server === null ? null : this.deps.targets.server(server).uuid;
    this.#node(node)?.closeSockets(uuid, how.code, how.reason);
  }

  #node(name: string): WingsNode | undefined {
    const { nodes, targets } = this.deps;
    return nodes.get(targets.node(name).id);
  }
}
