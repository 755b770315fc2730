/** Source and age of a number of players. */
import type { PlayersOnline } from '../../bridge/schema/players.js';
import { say } from '../../messages/messages.js';
import { ago } from '../ui/text/format.js';

/** Age in ms from which a number is old. Games are asked once a minute; a console reports each change. */
const oldFromMs = 150_000;

export function isOldCount({ source, seenAt }: PlayersOnline, now: number): boolean {
  return source !== 'console' && now - seenAt >= oldFromMs;
}

/** `Reported by the game 40 s ago`. */
export function playersNote({ source, seenAt }: PlayersOnline, now: number): string {
  return say(`fleet.players-${source}`, { ago: ago(seenAt, now) });
}
