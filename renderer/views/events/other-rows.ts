/** Servers on the page of all events, each once, with their known activity. Pure. */
import { knownActivity, activityRank, type KnownActivity } from '../../../bridge/events/known-activity.js';
import { shortName } from '../../../bridge/events/event-words.js';
import type { LinePlace, ReadActivity } from '../../../bridge/events/merge-fleet-activity.js';
import { serverKeys } from '../../../bridge/fleet/one-per-server.js';
import { usersOf } from '../../../bridge/fleet/panel-users.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { ActivityByServer } from '../../state/events/activity-by-server.js';
import type { Listing } from '../../state/fleet/server-order.js';

/** A server in each account that sees it. */
export type Twins = readonly [Listing, ...Listing[]];

export interface OtherServer extends KnownActivity {
  readonly of: LinePlace;
}

interface Fleet {
  server(id: string): Server | undefined;
  account(id: string): Account | undefined;
}

export function serversOnce(listings: readonly Listing[], accounts: readonly Account[]): readonly Twins[] {
  const keyOf = serverKeys(accounts);
  const found = new Map<string, [Listing, ...Listing[]]>();
  for (const listing of listings) {
    const key = keyOf(listing);
    const twins = found.get(key);
    if (twins === undefined) found.set(key, [listing]);
    else twins.push(listing);
  }
  return [...found.values()];
}

/** The server by the account that knows most; null if the fleet has lost it. */
export function otherServer(twins: Twins, known: ActivityByServer, fleet: Fleet): OtherServer | null {
  let best: { readonly listing: Listing; readonly row: KnownActivity } | null = null;
  for (const listing of twins) {
    const server = fleet.server(listing.id);
    if (server === undefined) continue;
    const row = knownActivity(server, fleet.account(listing.accountId), known.get(listing.id) ?? null);
    if (best === null || activityRank(row) > activityRank(best.row)) best = { listing, row };
  }
  if (best === null) return null;
  const { id, accountId, name } = best.listing;
  const others = twins.filter((twin) => twin.id !== id);
  const panel = fleet.account(accountId)?.label ?? '';
  const of: LinePlace = {
    server: shortName(name),
    panel: shortName(panel),
    places: [
      { accountId, serverId: id },
      ...others.map((twin) => ({ accountId: twin.accountId, serverId: twin.id })),
    ],
  };
  return { ...best.row, of };
}

export function readActivity(
  servers: readonly OtherServer[],
  accounts: readonly Account[],
): readonly ReadActivity[] {
  const users = new Map(accounts.map(({ id }) => [id, usersOf(accounts, id)]));
  return servers.flatMap(({ list, of }): ReadActivity[] =>
    list === null ? [] : [{ list, of, users: users.get(of.places[0].accountId) ?? new Set() }],
  );
}
