/** Calls about players by console command, and about the lists that games keep in files. */
import type { CallTable } from '../../base/calls.js';
import type { ServerDeps } from '../deps.js';
import type { Broadcasts } from './broadcasts.js';
import type { PlayerActs } from './player-acts.js';
import { readPlayerLists } from './player-lists.js';

export function playerCalls(
  deps: ServerDeps,
  { playerActs, broadcasts }: { readonly playerActs: PlayerActs; readonly broadcasts: Broadcasts },
) {
  return {
    'players.act': (input) => playerActs.act(input),
    'players.broadcast': (input) => broadcasts.say(input),
    'players.lists': ({ serverId }) => readPlayerLists(deps, serverId),
  } satisfies CallTable;
}
