import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Node, Server } from '../data/world.js';
import { NodeDown, NodeRefusal, type Signal, type State, type Usage, type WingsNode } from '../wings/api.js';
import type { PanelDialect } from './dialect.js';
import { unexpected } from './errors.js';

/** Something wrong between panel and node, for one server, until it is taken back. For tests and for trying by hand. */
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
const rememberedCalls = 50;

export interface NodeGatewayDeps {
  /** By node id. */
  nodes: ReadonlyMap<number, WingsNode>;
  dialect: PanelDialect;
  now: () => number;
  /** How long the panel waits for a node that says nothing; 15 s in the real one. */
  patienceMs: number;
}

/** The panel's side of its nodes: calls, time limit, the errors they become, and the cache of usage. */
export class NodeGateway {
  readonly #deps: NodeGatewayDeps;
  readonly #faults = new Map<string, Fault>();
  /** What reached the node, by server: the last of it, for tests that read effects back. */
  readonly #passedOn = new Map<string, string[]>();
  readonly #cache = new Map<string, { usage: Usage | null; until: number }>();
  /** By node id: where the panel believes a node to be, where that is wrong. */
  readonly #socketBases = new Map<number, string>();

  constructor(deps: NodeGatewayDeps) {
    this.#deps = deps;
  }

  setFault(server: Server, fault: Fault | null): void {
    if (fault) this.#faults.set(server.uuid, fault);
    else this.#faults.delete(server.uuid);
    this.#cache.delete(server.uuid);
  }

  setSocketBase(node: Node, base: string | null): void {
    if (base === null) this.#socketBases.delete(node.id);
    else this.#socketBases.set(node.id, base);
  }

  /** Where sockets of this server are to be opened. */
  socketUrl(server: Server): string {
    const base = this.#socketBases.get(server.nodeId) ?? this.nodeOf(server).socketBase;
    return `${base}/api/servers/${server.uuid}/ws`;
  }

  nodeOf(server: Server): WingsNode {
    const node = this.#deps.nodes.get(server.nodeId);
    if (!node) throw new Error(`There is no node ${server.nodeId}.`);
    return node;
  }

  /** `by` = the UUID of the user who asked for it. */
  async power(server: Server, signal: Signal, by: string): Promise<void> {
    if (this.#faults.get(server.uuid)?.kind === 'garbage' && this.#deps.dialect.ignoresAnswerToPower) return;
    await this.#pass(server, `power ${signal}`, (node) => node.power(server.uuid, signal, by));
  }

  /** A server that does not run, and any 502 on the way, read the same (PROTOCOL 2.6.1). */
  async command(server: Server, command: string, by: string): Promise<void> {
    const { dialect } = this.#deps;
    try {
      await this.#reach(server, (node) => node.command(server.uuid, command, by));
      this.#note(server, `command ${command}`);
    } catch (error) {
      if (!(error instanceof NodeRefusal)) throw this.#told(error, true);
      if (dialect.losesRefusedCommands) return;
      throw error.status === 502 ? dialect.commandWhileOffline() : this.#told(error, true);
    }
  }

  async reinstall(server: Server): Promise<void> {
    await this.#pass(server, 'reinstall', (node) => node.reinstall(server.uuid));
  }

  /** The whole text of a file; the panel looks at neither its name nor its text. */
  async writeFile(server: Server, file: string, text: string): Promise<void> {
    try {
      await this.#reach(server, (node) => node.writeFile(server.uuid, file, text));
      this.#note(server, `write ${file} ${text}`);
    } catch (error) {
      throw this.#told(error, true);
    }
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

  /**
   * At most 20 s old and the same for all users. Failures are not kept, but where the dialect has them for an
   * answer; null is that answer.
   */
  async usage(server: Server): Promise<Usage | null> {
    const kept = this.#cache.get(server.uuid);
    if (kept && kept.until > this.#deps.now()) return kept.usage;
    const usage = await this.#askUsage(server);
    this.#cache.set(server.uuid, { usage, until: this.#deps.now() + cacheMs });
    return usage;
  }

  /** The last calls of the panel that the server's node took: `power start`, `command list`, `reinstall`. */
  passedOn(server: Server): readonly string[] {
    return this.#passedOn.get(server.uuid) ?? [];
  }

  async #askUsage(server: Server): Promise<Usage | null> {
    const { dialect, patienceMs } = this.#deps;
    const limit = dialect.usageMissingAfterMs;
    try {
      return await this.#reach(server, (node) => node.usage(server.uuid), limit ?? patienceMs);
    } catch (error) {
      const told = this.#told(error, false);
      const isNoAnswer = error instanceof NodeDown || error instanceof NodeRefusal;
      if (limit === null || !isNoAnswer) throw told;
      return null;
    }
  }

  async #pass(server: Server, what: string, verb: (node: WingsNode) => void): Promise<void> {
    try {
      await this.#reach(server, verb);
      this.#note(server, what);
    } catch (error) {
      throw this.#told(error, true);
    }
  }

  /** Throws what the node throws, and what stands in its way. */
  async #reach<T>(
    server: Server,
    verb: (node: WingsNode) => T | Promise<T>,
    patienceMs = Infinity,
  ): Promise<T> {
    await this.#suffer(server, Math.min(patienceMs, this.#deps.patienceMs));
    return verb(this.nodeOf(server));
  }

  /** `forward`: a refusal may keep the node's status (PROTOCOL 3.3). */
  #told(error: unknown, forward: boolean): unknown {
    const { nodeErrors } = this.#deps.dialect;
    if (error instanceof NodeDown) return nodeErrors.unreachable();
    if (!(error instanceof NodeRefusal)) return error;
    return nodeErrors.refused(error.status, error.message, error.requestId, forward);
  }

  #note(server: Server, what: string): void {
    this.#passedOn.set(server.uuid, [...this.passedOn(server), what].slice(-rememberedCalls));
  }

  async #suffer(server: Server, patienceMs: number): Promise<void> {
    const fault = this.#faults.get(server.uuid);
    if (!fault) return;
    if (fault.kind === 'garbage') throw unexpected('TypeError');
    if (fault.kind === 'refuse') {
      throw new NodeRefusal(fault.status, fault.message, fault.fromProxy ? '' : randomUUID());
    }
    if (fault.kind === 'hang') await pause(patienceMs);
    throw new NodeDown();
  }
}
