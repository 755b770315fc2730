/** Calls about players by console command, about the lists that games keep in files, and about how players join. */
import type { CallTable } from '../../base/calls.js';
import type { Broadcasts } from './broadcasts.js';
import type { PlayerActs } from './player-acts.js';
import { readPlayerLists } from './player-lists.js';
import { joinInfo, type JoinInfoDeps } from './join-info.js';

export function playerCalls(
  deps: JoinInfoDeps,
  { playerActs, broadcasts }: { readonly playerActs: PlayerActs; readonly broadcasts: Broadcasts },
) {
  return {
    'players.act': (input) => playerActs.act(input),
    'players.broadcast': (input) => broadcasts.say(input),
    'players.joinInfo': ({ serverId }) => joinInfo(deps, serverId),
    'players.lists': ({ serverId }) => readPlayerLists(deps, serverId),
  } satisfies CallTable;
}
