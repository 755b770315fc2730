import type { CallTable } from '../base/calls.js';
import type { SeenPlayers } from './seen-players.js';

/** Calls that read the players seen on a server. */
export function seenCalls(seen: Pick<SeenPlayers, 'of'>) {
  return {
    'players.seen': ({ serverId, search }) => seen.of(serverId, search),
  } satisfies CallTable;
}
