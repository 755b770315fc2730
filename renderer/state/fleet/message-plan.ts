/** Preview of a message to the players of servers, before the user sends it. Pure. */
import { onePerServer } from '../../../bridge/fleet/one-per-server.js';
import { isUnread } from '../../../bridge/panel/permissions.js';
import type { Game } from '../../../bridge/panel/games.js';
import { broadcastBlock, broadcastOf, type OwnBroadcasts } from '../../../bridge/players/broadcast-order.js';
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { Sentence } from '../../../messages/messages.js';

export interface MessagePlan {
  readonly able: readonly Server[];
  /** Number of `able` servers without a current state; main reads each of these first. */
  readonly unread: number;
  readonly skipped: readonly { readonly server: Server; readonly reason: Sentence }[];
}

/** Plans a message. A server that several accounts see gets the message once. */
export function planMessage(
  servers: readonly Server[],
  accounts: Iterable<Account>,
  choices: { readonly own: OwnBroadcasts; readonly evenEmpty: boolean },
): MessagePlan {
  const reasons = new Map(servers.map((server) => [server, broadcastBlock(server, choices)]));
  const isAble = (server: Server): boolean => reasons.get(server) === null;
  // Those that can get the message first, because an account may be allowed less than another.
  const rows = [...servers.filter(isAble), ...servers.filter((server) => !isAble(server))];
  const once = onePerServer(rows, accounts);
  const able = once.filter(isAble);
  return {
    able,
    unread: able.filter(isUnread).length,
    skipped: once.flatMap((server) => {
      const reason = reasons.get(server) ?? null;
      return reason === null ? [] : [{ server, reason }];
    }),
  };
}

/** A command of the preview, and the servers that get it. */
export interface PlannedCommand {
  readonly command: string;
  readonly game: Game | null;
  readonly count: number;
}

/** The different commands, those of most servers first. */
export function plannedCommands(
  servers: readonly Server[],
  text: string,
  own: OwnBroadcasts,
): readonly PlannedCommand[] {
  const found = new Map<string, PlannedCommand>();
  for (const server of servers) {
    const command = broadcastOf(text, server, own)?.command;
    if (command === undefined) continue;
    const game = server.game ?? null;
    const key = `${game ?? ''}\n${command}`;
    found.set(key, { command, game, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
