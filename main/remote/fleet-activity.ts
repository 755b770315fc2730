/** Newest activity of all servers by their panels' logs, for the command line and for programs. */
import { serverKinds } from '../../bridge/events/activity-kinds.js';
import { knownActivity, activityRank, type KnownActivity } from '../../bridge/events/known-activity.js';
import { onePerServer } from '../../bridge/fleet/one-per-server.js';
import type { ActivityEntry } from '../../bridge/schema/activity.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { learnArea, say } from '../../messages/messages.js';
import type { FleetActivity } from '../events/fleet-activity.js';
import { possibleReaders } from '../fleet/list-readers.js';
import { twinsOf } from '../fleet/twins.js';
import { filterOf, shownTo } from './activity.js';
import type { Call } from './call.js';
import { readLists } from './read-lists.js';
import { settled, type SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemoteFleetActivityDeps extends SettledDeps {
  readonly fleetActivity: Pick<FleetActivity, 'show' | 'of' | 'isAwaited'>;
}

/** A server, and its activity as far as known. */
export interface ServerRead extends KnownActivity {
  readonly server: Server;
}

type FleetCall = Pick<Call<'fleetActivity'>, 'client' | 'event' | 'ended'>;

export async function fleetActivity(
  deps: RemoteFleetActivityDeps,
  wanted: RemoteInput<'fleetActivity'>,
  { client, event, ended }: FleetCall,
): Promise<RemoteOutput<'fleetActivity'>> {
  await settled(deps, { seen: false });
  const read = await readActivity(deps, null, { withinMs: wanted.withinMs, ended, tell: event });
  const matches = filterOf(wanted, client.kind === 'program');
  const kinds = wanted.kind === null ? null : serverKinds[wanted.kind].split(',');
  const found = read.flatMap(({ server, list }) =>
    (list?.entries ?? [])
      .filter((entry) => isOfKind(entry, kinds) && matches(entry))
      .map((entry) => ({ server, entry })),
  );
  const newest = found.sort((a, b) => b.entry.at - a.entry.at).slice(0, wanted.limit);
  const isFull = found.length >= wanted.limit;
  const oldest = isFull ? (newest.at(-1)?.entry.at ?? Infinity) : (wanted.since ?? -Infinity);
  const shown = shownTo(client);
  return {
    entries: newest.reverse().map(({ server, entry }) => ({ ...shown(entry), server: nameOf(deps, server) })),
    servers: read.length,
    unknown: read.flatMap(({ server, list, why }) =>
      list === null
        ? [{ server: nameOf(deps, server), why: oneLine(why ?? say('activity.all-unread'), 500) }]
        : [],
    ),
    cut: read.filter(({ list }) => list !== null && list.since !== null && list.since > oldest).length,
  };
}

/** Filters as panels do: by the beginning of an event's name. */
function isOfKind({ event }: ActivityEntry, kinds: readonly string[] | null): boolean {
  return kinds === null || kinds.some((kind) => event.startsWith(kind));
}

function nameOf(deps: RemoteFleetActivityDeps, server: Server) {
  const { name, panel, id, uuid } = shownServer(server, deps);
  return { name, panel, id, uuid };
}

interface Reading {
  readonly withinMs: number | null;
  readonly ended: Promise<void>;
  tell(progress: { read: number; of: number }): void;
}

/**
 * Reads the activity of one server, or of all (null), and loads the words for it. If several accounts see a server, the
 * account that knows most represents it.
 */
export async function readActivity(
  deps: RemoteFleetActivityDeps,
  serverId: string | null,
  { withinMs, ended, tell }: Reading,
): Promise<readonly ServerRead[]> {
  const { fleetActivity: lists, store } = deps;
  // Windows alone have these words from the start.
  await learnArea('activity');
  const about = serverId === null ? null : new Set(possibleReaders(store.state, serverId));
  await readLists(
    deps,
    {
      show: (look) => lists.show(about === null ? null : [...about], look),
      isAwaited: (server, askedAt) => about?.has(server.id) !== false && lists.isAwaited(server, askedAt),
    },
    {
      withinMs,
      ended,
      tell: (awaited) => {
        const of =
          about === null
            ? onePerServer(store.state.servers.values(), store.state.accounts.values()).length
            : 1;
        tell({ read: of - awaited, of });
      },
    },
  );
  return readOf(deps, serverId === null ? null : [serverId]);
}

/**
 * Known activity of these servers, or of all (null). Perch unpacks each list for the call, so ask for no more servers
 * than needed.
 */
export function readOf(
  deps: RemoteFleetActivityDeps,
  serverIds: readonly string[] | null,
): readonly ServerRead[] {
  const { state } = deps.store;
  const seen = new Set<string>();
  const found: ServerRead[] = [];
  for (const id of serverIds ?? state.servers.keys()) {
    const server = state.servers.get(id);
    if (server === undefined || seen.has(id)) continue;
    const twins = twinsOf(state, server);
    for (const twin of twins) seen.add(twin.id);
    const [best] = twins.map((twin) => known(deps, twin)).sort((a, b) => activityRank(b) - activityRank(a));
    if (best !== undefined) found.push(best);
  }
  return found;
}

function known({ store, fleetActivity: lists }: RemoteFleetActivityDeps, server: Server): ServerRead {
  return {
    server,
    ...knownActivity(server, store.state.accounts.get(server.accountId), lists.of(server.id)),
  };
}
