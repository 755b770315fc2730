/**
 * Tells which places belong to another server, so that no neighbour answers for a server. Several servers can have the
 * same name that players type, or the same address of a private network.
 */
import { isPublicHost } from '../../bridge/panel/host-kinds.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { QueryPlace } from '../base/query-ports.js';

interface Claim {
  readonly uuid: string;
  readonly panelUrl: string | null;
}

export class ClaimedPlaces {
  /** By host and port; null until first needed. */
  #claims: Map<string, Claim[]> | null = null;

  constructor(private readonly store: { readonly state: Pick<FleetState, 'servers' | 'accounts'> }) {}

  /** The allocations of a server may have changed. */
  forget(): void {
    this.#claims = null;
  }

  isOfAnother(server: Server, place: QueryPlace): boolean {
    this.#claims ??= this.#read();
    const others = this.#claims
      .get(keyOf(place.host, place.port))
      ?.filter(({ uuid }) => uuid !== server.uuid);
    if (others === undefined || others.length === 0) return false;
    const isOwn = server.allocations.some(({ ip, port }) => ip === place.host && port === place.port);
    if (!isOwn || !isPublicHost(place.host)) return true;
    // Another panel can't take an address away. Within a panel, two servers at one place are a fault or a trick.
    const panelUrl = this.#panelOf(server);
    return others.some((claim) => claim.panelUrl === panelUrl);
  }

  #read(): Map<string, Claim[]> {
    const claims = new Map<string, Claim[]>();
    for (const server of this.store.state.servers.values()) {
      const claim = { uuid: server.uuid, panelUrl: this.#panelOf(server) };
      for (const { ip, alias, port } of server.allocations) {
        for (const host of new Set([ip, alias ?? ip])) {
          const key = keyOf(host, port);
          const known = claims.get(key);
          if (known === undefined) claims.set(key, [claim]);
          else known.push(claim);
        }
      }
    }
    return claims;
  }

  #panelOf({ accountId }: Server): string | null {
    return this.store.state.accounts.get(accountId)?.panelUrl ?? null;
  }
}

function keyOf(host: string, port: number): string {
  return `${host.toLowerCase()} ${port}`;
}
