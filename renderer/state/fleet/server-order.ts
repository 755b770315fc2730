/** All servers in the order in which lists show and search them. Pure. */
import type { Server } from '../../../bridge/schema/domain.js';
import { perLanguage } from '../../../messages/messages.js';

/** Fields of a server that lists sort and search by. They change rarely, so new usage figures cause no sorting. */
export type Listing = Readonly<
  Pick<
    Server,
    'id' | 'accountId' | 'uuid' | 'identifier' | 'name' | 'description' | 'node' | 'egg' | 'allocations'
  >
>;

/** Sorts names in the current language, with numbers by value: `world 2` before `world 10`. */
export const nameCollator = perLanguage(
  (language) => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }),
);

/** All servers by name. Unchanged listings keep their object, and an unchanged list stays the same array. */
export function orderedServers(
  servers: ReadonlyMap<string, Server>,
  before: readonly Listing[],
): readonly Listing[] {
  const kept = before.filter((listing) => sameListing(listing, servers.get(listing.id)));
  if (kept.length === before.length && kept.length === servers.size) return before;
  const known = new Map(kept.map((listing) => [listing.id, listing]));
  return [...servers.values()]
    .map((server) => known.get(server.id) ?? listingOf(server))
    .sort(inOrder(nameCollator()));
}

function listingOf(server: Server): Listing {
  const { id, accountId, uuid, identifier, name, description, node, egg, allocations } = server;
  return { id, accountId, uuid, identifier, name, description, node, egg, allocations };
}

function inOrder(names: Intl.Collator): (one: Listing, other: Listing) => number {
  return (one, other) => names.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

function sameListing(one: Listing, other: Server | undefined): boolean {
  return (
    other !== undefined &&
    one.name === other.name &&
    one.description === other.description &&
    one.node === other.node &&
    one.egg === other.egg &&
    one.uuid === other.uuid &&
    one.identifier === other.identifier &&
    JSON.stringify(one.allocations) === JSON.stringify(other.allocations)
  );
}
