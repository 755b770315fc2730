/** Routes of Pelican's plugin "Player Counter", which asks the game from the panel's computer (PROTOCOL 8.5). */
import type { Server } from '../../data/world.js';
import { panelError, unexpected } from '../errors.js';
import { onServer, ok, type Call, type Reply, type RouteContext, type Routes } from '../route.js';
import { askMinecraft } from './ask-minecraft.js';
import { askSource } from './ask-source.js';
import type { Counted, GamePlace } from './counted.js';

/** Protocol of the plugin for an egg, by the egg's game; other eggs have no query. */
const queries: Readonly<
  Record<string, { ask: (place: GamePlace) => Promise<Counted | null>; offset: number }>
> = {
  survival: { ask: askMinecraft, offset: 0 },
  rust: { ask: askSource, offset: 28_017 - 25_505 },
  valheim: { ask: askSource, offset: 1 },
  garrysmod: { ask: askSource, offset: 0 },
};

export const playerCounterRoutes: Routes = {
  '/api/client/servers/:server/query': {
    GET: onServer({ isPlayerCounter: true, run: viewCount }),
  },
  '/api/client/servers/:server/query/players': {
    GET: onServer({ isPlayerCounter: true, run: viewNames }),
  },
};

async function viewCount(context: RouteContext, { server }: Call<Server>): Promise<Reply> {
  const counted = await count(context, server);
  // The plugin reads fields of a missing answer.
  if (counted === null) throw unexpected('TypeError');
  const { hostname, map, current_players, max_players } = counted;
  return ok({ hostname, map, current_players, max_players });
}

async function viewNames(context: RouteContext, { server }: Call<Server>): Promise<Reply> {
  const players = (await count(context, server))?.players ?? [];
  if (players.length === 0) throw notAcceptable('Server query has no player list');
  return ok(players);
}

async function count({ world, gateway }: RouteContext, server: Server): Promise<Counted | null> {
  const allocation = server.allocations.find(({ id }) => id === server.primaryAllocationId);
  if (allocation === undefined || allocation.ip === '0.0.0.0' || allocation.ip === '::') {
    throw notAcceptable('Server has invalid allocation');
  }
  if (gateway.state(server) === 'offline') throw notAcceptable('Server is offline');
  const query = queries[world.eggOf(server).game];
  if (query === undefined) throw notAcceptable('Server has no query');
  return query.ask({ host: allocation.ip, port: allocation.port + query.offset });
}

const notAcceptable = (detail: string) => panelError(406, 'HttpException', detail);
