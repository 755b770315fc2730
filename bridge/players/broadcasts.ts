/** Console commands that tell all players something, by game. A file of its own, because every window reads the file. */
import type { Game } from '../panel/games.js';

/** Games whose consoles know no `say`. A line of Factorio's console that is no command is chat. */
const others: Readonly<Partial<Record<Game, string>>> = {
  factorio: '{text}',
  zomboid: 'servermsg "{text}"',
};

/** The command that tells all players of a game the `{text}`. */
export function broadcastCommand(game: Game | null | undefined): string {
  return (game === null || game === undefined ? undefined : others[game]) ?? 'say {text}';
}
