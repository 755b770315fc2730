import type { SocketFaults, WingsNode } from '../wings/api.js';
import type { NodeGateway } from './node-gateway.js';
import type { Targets } from './targets.js';

export interface SocketChangesDeps {
  nodes: ReadonlyMap<number, WingsNode>;
  gateway: NodeGateway;
  targets: Targets;
}

/** What happens on the way to a node's sockets: a proxy in front of it, a dead wire, a wrong address. */
export class SocketChanges {
  readonly #deps: SocketChangesDeps;

  constructor(deps: SocketChangesDeps) {
    this.#deps = deps;
  }

  /** Until it is taken back, or the node goes down. */
  disturb(node: string, faults: Partial<SocketFaults>): void {
    this.#node(node)?.disturb(faults);
  }

  /** The beginning of the address that the panel names with a token, such as `ws://127.0.0.1:1`; null = the right one. */
  setAddress(node: string, base: string | null): void {
    const { gateway, targets } = this.#deps;
    gateway.setSocketBase(targets.node(node), base);
  }

  /** Ends the sockets of one server of the node, or of all of them. */
  close(node: string, server: string | null, how: { code: number; reason: string }): void {
    const uuid = server === null ? null : this.#deps.targets.server(server).uuid;
    this.#node(node)?.closeSockets(uuid, how.code, how.reason);
  }

  #node(name: string): WingsNode | undefined {
    const { nodes, targets } = this.#deps;
    return nodes.get(targets.node(name).id);
  }
}
