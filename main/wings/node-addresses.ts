import type { Clock } from '../base/ports.js';

/** One of all servers of a node asks for its address in this time, whether there are two of them or five hundred. */
const askEveryMs = 20_000;

/**
 * Where nodes are, as the panel says. An address that leads nowhere is asked for again with the next token of one of
 * the node's servers; where it has changed, the others ask too. One for all sessions.
 */
export class NodeAddresses {
  readonly #clock: Clock;
  readonly #nodes = new Map<string, { askedAt: number; changedAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A socket to `url` could not be opened again and again: whether this session is to ask for its address anew. */
  isDoubtful(url: string, receivedAt: number): boolean {
    const node = this.#node(url);
    const now = this.#clock.now();
    if (node.changedAt >= receivedAt) return true;
    if (now - node.askedAt < askEveryMs) return false;
    node.askedAt = now;
    return true;
  }

  /** The panel named `url` where it had named `before`. */
  told(before: string, url: string): void {
    if (hostOf(before) !== hostOf(url)) this.#node(before).changedAt = this.#clock.now();
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
