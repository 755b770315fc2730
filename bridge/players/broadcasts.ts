/** Console commands that send a message to all players, by game. A separate file, because every window loads it. */
import type { Game } from '../panel/games.js';

/** Games whose consoles lack `say`. Factorio's console sends each line that is no command as chat. */
const others: Readonly<Partial<Record<Game, string>>> = {
  factorio: '{text}',
  zomboid: 'servermsg "{text}"',
};

/** The command that sends `{text}` to all players of a game. */
export function broadcastCommand(game: Game | null | undefined): string {
  return (game === null || game === undefined ? undefined : others[game]) ?? 'say {text}';
}
