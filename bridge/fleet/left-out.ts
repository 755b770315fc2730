/**
 * What a person has left out of the tray's icon: a server, or a node, that is in a bad state for good must not colour it for
 * ever. The icon and its tooltip know nothing of it; alerts, lists and everything else do.
 */
import type { Server } from '../schema/domain.js';
import type { Settings } from '../schema/settings.js';

export type LeftOut = Settings['leftOutOfIcon'];

type Place = Pick<Server, 'id' | 'accountId' | 'node'>;

/** How a node is named among `nodes`: names of nodes are unique on one panel only. */
export function nodeKey({ accountId, node }: Place): string {
  return `${accountId}/${node}`;
}

/** Made once for many servers: what asks does so for each of a fleet, several times a second. */
export function leftOutTest({ servers, nodes }: LeftOut): (server: Place) => boolean {
  if (servers.length === 0 && nodes.length === 0) return () => false;
  const [ids, keys] = [new Set(servers), new Set(nodes)];
  return (server) => ids.has(server.id) || keys.has(nodeKey(server));
}

/** What of it is left out; null = it counts. */
export function whyLeftOut({ servers, nodes }: LeftOut, server: Place): 'server' | 'node' | null {
  if (servers.includes(server.id)) return 'server';
  return nodes.includes(nodeKey(server)) ? 'node' : null;
}

/** With the servers, or the nodes of the servers, left out of the icon or counted again. */
export function withLeftOut(
  leftOut: LeftOut,
  what: 'server' | 'node',
  places: readonly Place[],
  isOut: boolean,
): LeftOut {
  const ids = new Set(places.map((place) => (what === 'server' ? place.id : nodeKey(place))));
  const changed = (known: readonly string[]): string[] => {
    const others = known.filter((id) => !ids.has(id));
    return isOut ? [...others, ...ids] : others;
  };
  return what === 'server'
    ? { ...leftOut, servers: changed(leftOut.servers) }
    : { ...leftOut, nodes: changed(leftOut.nodes) };
}
