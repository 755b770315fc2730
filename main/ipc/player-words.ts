import type { HandlerInput } from '../../bridge/schema/contract.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { broadcastOf } from '../../bridge/players/broadcast-order.js';
import { playerCommand } from '../../bridge/players/verb-command.js';
import type { Known } from './known-names.js';

/** For a question: the command that a call would send, or the player's name if no command can be made. */
export function playerActWords(
  { serverId, verb, player, text }: HandlerInput<'players.act'>,
  { fleet, settings }: Known,
): string {
  const game = fleet.servers.get(serverId)?.game;
  const made = playerCommand({ verb, player, text }, game, settings.playerVerbs[serverId]);
  return oneLine('command' in made ? made.command : player, 300);
}

/** For a question: the command that sends a message to all players, or the text if no command is known. */
export function broadcastWords(
  { serverId, text, command }: HandlerInput<'players.broadcast'>,
  { fleet, settings }: Known,
): string {
  const game = fleet.servers.get(serverId)?.game;
  const own = command === undefined ? settings.restartWarning.commands : { [serverId]: command };
  const order = broadcastOf(text, { id: serverId, game }, own);
  return oneLine(order?.command ?? text, 300);
}
