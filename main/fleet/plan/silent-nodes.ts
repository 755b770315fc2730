import type { Clock } from '../../base/ports.js';
import { BackOff } from '../../base/back-off.js';

/**
 * Result of a poll.
 * `silent` = the server's node did not answer the panel; `alone` = the node does not know this server, which says
 * nothing about others.
 */
export type PollOutcome = 'seen' | 'silent' | 'alone' | 'failed';

/**
 * Failing servers needed to call a node silent, if the node has that many: a single server may fail because its node
 * does not know it.
 */
const witnesses = 3;
/** Ms for which one answer proves that the node works. */
const answersForMs = 60_000;
/** Ms from calling a node silent to the first poll that may disprove this. */
const firstProbeMs = 20_000;
/**
 * Pauses in ms for a server that fails alone. Perch notices the end of a fault within two minutes
 * (RETRIES "Retry table").
 */
const alone = { firstMs: 30_000, longestMs: 100_000 };

export interface SilentNodesDeps {
  readonly clock: Clock;
  nodeOf(serverId: string): string;
  isLive(node: string): boolean;
}

/**
 * Tracks nodes that do not answer their panel.
 * Only one server of a silent node is polled at a time, in turn, because the others would fail too. A server that fails
 * alone on a working node is polled less and less often.
 */
export class SilentNodes {
  /** Servers whose polls have failed since the last answer of their node, by node. */
  readonly #failed = new Map<string, Set<string>>();
  readonly #seenAt = new Map<string, number>();
  /** Silent nodes, with the monotonic time of the next poll of any of their servers. */
  readonly #silent = new Map<string, number>();
  readonly #alone = new Map<string, BackOff>();

  constructor(private readonly deps: SilentNodesDeps) {}

  /** Earliest monotonic time to poll the server, as far as its node matters; -Infinity for a working node. */
  nextAt(serverId: string): number {
    return this.#silent.get(this.deps.nodeOf(serverId)) ?? -Infinity;
  }

  isAlone(serverId: string): boolean {
    return this.#alone.has(serverId);
  }

  /** A server was polled: other servers of a silent node wait for `paceMs`. */
  asked(serverId: string, paceMs: number): void {
    const node = this.deps.nodeOf(serverId);
    if (this.#silent.has(node)) this.#silent.set(node, this.deps.clock.now() + paceMs);
  }

  /** The node answered. Returns true if the node was silent, so that its servers can be polled. */
  seen(serverId: string): boolean {
    const node = this.deps.nodeOf(serverId);
    this.#alone.delete(serverId);
    this.#failed.delete(node);
    this.#seenAt.set(node, this.deps.clock.now());
    return this.#silent.delete(node);
  }

  /** `polled` = the polled servers of this node. Returns true if the node counts as silent. */
  failed(serverId: string, polled: readonly string[]): boolean {
    const node = this.deps.nodeOf(serverId);
    if (this.#answers(node)) {
      this.#silent.delete(node);
      this.failedAlone(serverId);
      return false;
    }
    const failed = this.#failed.get(node) ?? new Set();
    this.#failed.set(node, failed.add(serverId));
    if (polled.length > 1 && failed.size >= Math.min(witnesses, polled.length)) {
      const { clock } = this.deps;
      if (!this.#silent.has(node)) this.#silent.set(node, clock.now() + firstProbeMs);
    }
    return this.#silent.has(node);
  }

  failedAlone(serverId: string): void {
    if (!this.#alone.has(serverId)) this.#alone.set(serverId, new BackOff(alone));
  }

  /** Ms until the next poll of a server that failed alone. */
  pauseOf(serverId: string): number {
    return this.#alone.get(serverId)?.next() ?? 0;
  }

  /** Forgets all failures, at the user's request or after a network change. */
  startOver(): void {
    this.#failed.clear();
    this.#silent.clear();
    this.#alone.clear();
  }

  #answers(node: string): boolean {
    const seenAt = this.#seenAt.get(node) ?? -Infinity;
    return this.deps.isLive(node) || this.deps.clock.now() - seenAt < answersForMs;
  }
}
