import type { Clock } from '../base/ports.js';

/** Minimum time in ms between two address requests for one node, whatever the number of its servers. */
const askEveryMs = 20_000;

/**
 * Detects outdated node addresses. All sessions share one instance.
 * After repeated connection failures one server of the node requests a new token, which carries the current address. If
 * the address changed, the node's other servers do the same.
 */
export class NodeAddresses {
  readonly #nodes = new Map<string, { askedAt: number; changedAt: number }>();

  constructor(private readonly clock: Clock) {}

  /**
   * Whether this session must request the address again, after repeated failures to open a socket to `url`.
   * `receivedAt` is the monotonic time of the token.
   */
  isDoubtful(url: string, receivedAt: number): boolean {
    const node = this.#node(url);
    const now = this.clock.now();
    if (node.changedAt >= receivedAt) return true;
    if (now - node.askedAt < askEveryMs) return false;
    node.askedAt = now;
    return true;
  }

  /** Records the address `url` from the panel; `before` = the previous address. */
  told(before: string, url: string): void {
    if (hostOf(before) !== hostOf(url)) this.#node(before).changedAt = this.clock.now();
  }

  #node(url: string): { askedAt: number; changedAt: number } {
    const host = hostOf(url);
    const node = this.#nodes.get(host) ?? { askedAt: -Infinity, changedAt: -Infinity };
    this.#nodes.set(host, node);
    return node;
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
