/** A message to all players of a server: its command, and why a server gets none. Pure and without zod. */
import { sentence, type Sentence } from '../../messages/messages.js';
import { oneLine } from '../console/plain-line.js';
import { messageBlock } from '../panel/permissions.js';
import type { Server } from '../schema/domain.js';
import { saidBy, sayingCommand } from '../settings/warning.js';
import { knownBroadcast } from './broadcasts.js';
import { longestText } from './player-verbs.js';

/** Server id -> the person's own command, which warned restarts and quiet backups use as well. */
export type OwnBroadcasts = Readonly<Record<string, string>>;

/** The server's command with `{text}`: the person's own, else the game's; null = none is known. */
export function broadcastTemplate(
  { id, game }: Pick<Server, 'id' | 'game'>,
  own: OwnBroadcasts,
): string | null {
  return (Object.hasOwn(own, id) ? own[id] : undefined) ?? knownBroadcast(game);
}

/**
 * The command that sends the text to all players of the server, with the text as the command contains it; null = no
 * command is known.
 */
export function broadcastOf(
  text: string,
  server: Pick<Server, 'id' | 'game'>,
  own: OwnBroadcasts,
): { readonly command: string; readonly said: string } | null {
  const template = broadcastTemplate(server, own);
  if (template === null) return null;
  const line = oneLine(text, longestText);
  const game = server.game ?? null;
  return { command: sayingCommand(template, line, game), said: saidBy(template, line, game) };
}

/** Why a server is left out of a message to many; null if it gets the message. A missing number of players is no reason. */
export function broadcastBlock(
  server: Server,
  { own, evenEmpty }: { readonly own: OwnBroadcasts; readonly evenEmpty: boolean },
): Sentence | null {
  const block = messageBlock(server);
  if (block !== null) return block;
  if (broadcastTemplate(server, own) === null) return sentence('broadcast.no-command');
  return !evenEmpty && server.players?.count === 0 ? sentence('broadcast.nobody-on') : null;
}
