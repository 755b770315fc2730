import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Node, Server } from '../data/world.js';
import { NodeDown, NodeRefusal, type Signal, type State, type Usage, type WingsNode } from '../wings/api.js';
import type { PanelDialect } from './dialect.js';
import { unexpected } from './errors.js';

/** Fault between panel and node for one server, until withdrawn. For tests and manual trials. */
export type Fault =
  /** The node, or a proxy in front of it, answers with this status. */
  | { kind: 'refuse'; status: number; message: string; fromProxy?: boolean | undefined }
  /** No answer; the panel gives up after its time limit. */
  | { kind: 'hang' }
  /** The connection breaks. */
  | { kind: 'reset' }
  /** The answer is 200 without JSON. */
  | { kind: 'garbage' };

/** Exceptions of Pelican by the node's status (PROTOCOL 8.3.9). */
type FailureNames = Readonly<Record<number, string>>;

const cacheMs = 20_000;
const rememberedCalls = 50;

export interface NodeGatewayDeps {
  /** By node id. */
  nodes: ReadonlyMap<number, WingsNode>;
  dialect: PanelDialect;
  now: () => number;
  /** Time limit of the panel for an answer of a node; 15 s in the real panel. */
  patienceMs: number;
}

/** The panel's connection to its nodes: calls, time limit, errors, and the cache of usage. */
export class NodeGateway {
  readonly #faults = new Map<string, Fault>();
  /** Last calls that reached the node, by server; tests read them. */
  readonly #passedOn = new Map<string, string[]>();
  readonly #cache = new Map<string, { usage: Usage | null; until: number }>();
  /** Wrong websocket addresses of nodes, by node id. */
  readonly #socketBases = new Map<number, string>();

  constructor(private readonly deps: NodeGatewayDeps) {}

  setFault(server: Server, fault: Fault | null): void {
    if (fault) this.#faults.set(server.uuid, fault);
    else this.#faults.delete(server.uuid);
    this.#cache.delete(server.uuid);
  }

  setSocketBase(node: Node, base: string | null): void {
    if (base === null) this.#socketBases.delete(node.id);
    else this.#socketBases.set(node.id, base);
  }

  /** Websocket address of this server. */
  socketUrl(server: Server): string {
    const base = this.#socketBases.get(server.nodeId) ?? this.nodeOf(server).socketBase;
    return `${base}/api/servers/${server.uuid}/ws`;
  }

  /** Address of the node's signed links for this server. */
  linkUrl(server: Server, path: string, token: string): string {
    const base = this.#socketBases.get(server.nodeId) ?? this.nodeOf(server).socketBase;
    return `${base.replace(/^ws/, 'http')}/${path}?token=${token}`;
  }

  nodeOf(server: Server): WingsNode {
    const node = this.deps.nodes.get(server.nodeId);
    if (!node) throw new Error(`There is no node ${server.nodeId}.`);
    return node;
  }

  /** `by` = UUID of the user; missing = a schedule. */
  async power(server: Server, signal: Signal, by?: string): Promise<void> {
    if (this.#faults.get(server.uuid)?.kind === 'garbage' && this.deps.dialect.ignoresAnswerToPower) return;
    await this.pass(server, `power ${signal}`, (node) => node.power(server.uuid, signal, by));
  }

  /** A server that does not run and any 502 give the same error (PROTOCOL 2.6.1). */
  async command(server: Server, command: string, by?: string): Promise<void> {
    const { dialect } = this.deps;
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
    await this.pass(server, 'reinstall', (node) => node.reinstall(server.uuid));
  }

  /** Runs a call of a node and notes it. `forgives` = statuses that count as done. */
  async pass(
    server: Server,
    what: string,
    verb: (node: WingsNode) => void | Promise<void>,
    { forgives = [], names = {} }: { forgives?: readonly number[]; names?: FailureNames } = {},
  ): Promise<void> {
    try {
      await this.#reach(server, verb);
      this.#note(server, what);
    } catch (error) {
      if (error instanceof NodeRefusal && forgives.includes(error.status)) return;
      throw this.#told(error, true, names);
    }
  }

  /** As `pass`, with the node's answer. */
  async ask<T>(
    server: Server,
    what: string,
    question: (node: WingsNode) => Promise<T>,
    names: FailureNames = {},
  ): Promise<T> {
    try {
      const answer = await this.#reach(server, question);
      this.#note(server, what);
      return answer;
    } catch (error) {
      throw this.#told(error, true, names);
    }
  }

  /** Power state from the node; `offline` if the node does not answer. */
  state(server: Server): State {
    try {
      return this.nodeOf(server).state(server.uuid);
    } catch (error) {
      if (error instanceof NodeDown || error instanceof NodeRefusal) return 'offline';
      throw error;
    }
  }

  /** Power state as the panel asks the node for it before a run of a schedule; `offline` if that fails. */
  async askState(server: Server): Promise<State> {
    try {
      return await this.#reach(server, (node) => node.state(server.uuid));
    } catch {
      return 'offline';
    }
  }

  /**
   * Usage, at most 20 s old and the same for all users. If the node does not answer, rejects; in dialects with
   * `usageMissingAfterMs` resolves with null, which is cached like usage.
   */
  async usage(server: Server): Promise<Usage | null> {
    const kept = this.#cache.get(server.uuid);
    if (kept && kept.until > this.deps.now()) return kept.usage;
    const usage = await this.#askUsage(server);
    this.#cache.set(server.uuid, { usage, until: this.deps.now() + cacheMs });
    return usage;
  }

  /** Last calls that the server's node accepted: `power start`, `command list`, `reinstall`. */
  passedOn(server: Server): readonly string[] {
    return this.#passedOn.get(server.uuid) ?? [];
  }

  async #askUsage(server: Server): Promise<Usage | null> {
    const { dialect, patienceMs } = this.deps;
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

  /** Runs the call after the fault of the server, if any. Throws the errors of both. */
  async #reach<T>(
    server: Server,
    verb: (node: WingsNode) => T | Promise<T>,
    patienceMs = Infinity,
  ): Promise<T> {
    await this.#suffer(server, Math.min(patienceMs, this.deps.patienceMs));
    return verb(this.nodeOf(server));
  }

  /** `forward` = the error may keep the node's status (PROTOCOL 3.3). */
  #told(error: unknown, forward: boolean, names: FailureNames = {}): unknown {
    const { nodeErrors, namesFileFailures } = this.deps.dialect;
    if (error instanceof NodeDown) return nodeErrors.unreachable();
    if (!(error instanceof NodeRefusal)) return error;
    const name = namesFileFailures ? names[error.status] : undefined;
    if (name !== undefined) return unexpected(name);
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
