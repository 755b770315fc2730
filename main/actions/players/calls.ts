/** Calls about players by console command, about the lists that games keep in files, and about the way in. */
import type { CallTable } from '../../base/calls.js';
import type { Broadcasts } from './broadcasts.js';
import type { PlayerActs } from './player-acts.js';
import { readPlayerLists } from './player-lists.js';
import { wayIn, type WayInDeps } from './way-in.js';

export function playerCalls(
  deps: WayInDeps,
  { playerActs, broadcasts }: { readonly playerActs: PlayerActs; readonly broadcasts: Broadcasts },
) {
  return {
    'players.act': (input) => playerActs.act(input),
    'players.broadcast': (input) => broadcasts.say(input),
    'players.wayIn': ({ serverId }) => wayIn(deps, serverId),
    'players.lists': ({ serverId }) => readPlayerLists(deps, serverId),
  } satisfies CallTable;
}
