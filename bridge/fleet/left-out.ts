/**
 * Servers and nodes that the user excluded from the tray icon, for example because they are down permanently.
 * The icon and its tooltip ignore them; alerts, lists and everything else do not.
 */
import type { Server } from '../schema/domain.js';
import type { Settings } from '../schema/settings.js';

export type LeftOut = Settings['leftOutOfIcon'];

type Place = Pick<Server, 'id' | 'accountId' | 'node'>;

/** Key of a node in `nodes`. A node's name is unique only within its panel. */
export function nodeKey({ accountId, node }: Place): string {
  return `${accountId}/${node}`;
}

/** Returns a test for many servers; callers test a whole fleet several times a second. */
export function leftOutTest({ servers, nodes }: LeftOut): (server: Place) => boolean {
  if (servers.length === 0 && nodes.length === 0) return () => false;
  const [ids, keys] = [new Set(servers), new Set(nodes)];
  return (server) => ids.has(server.id) || keys.has(nodeKey(server));
}

/** Whether the server itself or its node is excluded; null = the server counts. */
export function whyLeftOut({ servers, nodes }: LeftOut, server: Place): 'server' | 'node' | null {
  if (servers.includes(server.id)) return 'server';
  return nodes.includes(nodeKey(server)) ? 'node' : null;
}

/** Excludes the servers (or their nodes) from the icon, or includes them again. */
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
