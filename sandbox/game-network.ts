import { once } from 'node:events';
import { createServer, type Server as Claim } from 'node:net';
import type { Node } from './data/world.js';
import { demoAddress } from './data/servers.js';
import type { World } from './records.js';

/** Port that reserves a network for a sandbox; the demo's games use higher ports. */
const claimPort = 25_400;
const mostTries = 50;

/**
 * Loopback addresses for the games of one sandbox, such as 127.83.12.1 for its first node, so that games keep their
 * usual ports and sandboxes run side by side. Systems that open only 127.0.0.1, such as macOS, give that address to
 * all nodes; games whose port is in use there do not answer.
 */
export class GameNetwork {
  private constructor(
    private readonly prefix: string | null,
    private readonly claim: Claim | null,
  ) {}

  /** Takes the network `wanted`, such as `127.83.12`, if free; otherwise another network. */
  static async take(wanted: string | null): Promise<GameNetwork> {
    for (let prefix = wanted ?? anyPrefix(), tries = 0; tries < mostTries; prefix = anyPrefix(), tries++) {
      const claim = createServer((socket) => socket.destroy());
      try {
        claim.listen({ host: `${prefix}.1`, port: claimPort, exclusive: true });
        await once(claim, 'listening');
        return new GameNetwork(prefix, claim.unref());
      } catch (error) {
        if (!isInUse(error)) return new GameNetwork(null, null);
      }
    }
    return new GameNetwork(null, null);
  }

  /** Address of the games of a node. */
  addressOf(node: Node): string {
    return this.prefix === null ? '127.0.0.1' : `${this.prefix}.${((node.id - 1) % 254) + 1}`;
  }

  /**
   * Moves the servers of the node here, in a new world and after another sandbox has taken the old network. Simulated
   * servers keep their addresses unless they answer queries.
   */
  place(world: World, node: Node): void {
    if (node.onPaper === true && node.answersQueries !== true) return;
    const before = node.gameAddress ?? (node.onPaper === true ? null : demoAddress);
    node.gameAddress = this.addressOf(node);
    for (const server of world.servers.values()) {
      if (server.nodeId !== node.id) continue;
      for (const one of server.allocations)
        if (before === null || one.ip === before) one.ip = node.gameAddress;
      world.saveServer(server);
    }
    world.saveNode(node);
  }

  release(): void {
    this.claim?.close();
  }
}

/** Network of a world's games in an earlier run. */
export function networkOf(world: World): string | null {
  const [address] = [...world.nodes.values()].flatMap(({ gameAddress }) => gameAddress ?? []);
  return address === undefined || address === '127.0.0.1' ? null : address.replace(/\.\d+$/, '');
}

/** Far from the addresses of 127/8 that systems use, such as 127.0.0.53 and 127.0.1.1. */
function anyPrefix(): string {
  const upTo = (limit: number): number => Math.floor(Math.random() * limit);
  return `127.${64 + upTo(128)}.${upTo(256)}`;
}

function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
