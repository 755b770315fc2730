import type { Clock } from '../../base/ports.js';
import { BackOff } from '../../base/back-off.js';

/**
 * What a poll came to: `silent` = the node of the server did not answer the panel; `alone` = it does not know this server,
 * which says nothing of the others.
 */
export type PollOutcome = 'seen' | 'silent' | 'alone' | 'failed';

/** A server that its node does not know fails as one of a silent node does: so many have to, where there are as many. */
const witnesses = 3;
/** A node that has answered for one of its servers so recently is there. */
const answersForMs = 60_000;
/** From the verdict to the first question that may refute it. */
const firstProbeMs = 20_000;
/** One server that fails alone; a fault that has ended is over within two minutes (RETRIES "Retry table"). */
const alone = { firstMs: 30_000, longestMs: 100_000 };

export interface NodeRestsDeps {
  readonly clock: Clock;
  nodeOf(serverId: string): string;
  /** A socket to the node is live. */
  isLive(node: string): boolean;
}

/**
 * Which nodes do not answer their panel: of all servers of such a node one is asked for, each in its turn, for the others
 * would fail alike. A server that fails alone, on a node that answers, is asked for less and less often.
 */
export class NodeRests {
  readonly #deps: NodeRestsDeps;
  /** Servers that have failed in a row, by node. */
  readonly #failed = new Map<string, Set<string>>();
  readonly #seenAt = new Map<string, number>();
  /** Nodes that do not answer, and when the next of their servers may be asked for. */
  readonly #silent = new Map<string, number>();
  readonly #alone = new Map<string, BackOff>();

  constructor(deps: NodeRestsDeps) {
    this.#deps = deps;
  }

  /** When a server may be asked for as far as its node is concerned; -Infinity while that answers. */
  nextAt(serverId: string): number {
    return this.#silent.get(this.#deps.nodeOf(serverId)) ?? -Infinity;
  }

  /** It fails alone. */
  isAlone(serverId: string): boolean {
    return this.#alone.has(serverId);
  }

  /** A server is asked for: of a silent node no other one before `paceMs` are over. */
  asked(serverId: string, paceMs: number): void {
    const node = this.#deps.nodeOf(serverId);
    if (this.#silent.has(node)) this.#silent.set(node, this.#deps.clock.now() + paceMs);
  }

  /** The node answers: true where it was silent, so that its servers are to be asked for. */
  seen(serverId: string): boolean {
    const node = this.#deps.nodeOf(serverId);
    this.#alone.delete(serverId);
    this.#failed.delete(node);
    this.#seenAt.set(node, this.#deps.clock.now());
    return this.#silent.delete(node);
  }

  /** `polled` = the servers of this node that are polled. True where the node counts as silent. */
  failed(serverId: string, polled: readonly string[]): boolean {
    const node = this.#deps.nodeOf(serverId);
    if (this.#answers(node)) {
      this.#silent.delete(node);
      this.failedAlone(serverId);
      return false;
    }
    const failed = this.#failed.get(node) ?? new Set();
    this.#failed.set(node, failed.add(serverId));
    if (polled.length > 1 && failed.size >= Math.min(witnesses, polled.length)) {
      const { clock } = this.#deps;
      if (!this.#silent.has(node)) this.#silent.set(node, clock.now() + firstProbeMs);
    }
    return this.#silent.has(node);
  }

  failedAlone(serverId: string): void {
    if (!this.#alone.has(serverId)) this.#alone.set(serverId, new BackOff(alone));
  }

  /** How long a server rests that failed alone. */
  pauseOf(serverId: string): number {
    return this.#alone.get(serverId)?.next() ?? 0;
  }

  /** The person, or a change of network, asks for all: whatever failed may be well. */
  startOver(): void {
    this.#failed.clear();
    this.#silent.clear();
    this.#alone.clear();
  }

  #answers(node: string): boolean {
    const seenAt = this.#seenAt.get(node) ?? -Infinity;
    return this.#deps.isLive(node) || this.#deps.clock.now() - seenAt < answersForMs;
  }
}
