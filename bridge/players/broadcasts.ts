/** Console commands that send a message to all players, by game. A separate file, because every window loads it. */
import type { Game } from '../panel/games.js';

/** Factorio's console sends each line that is no command as chat. */
const commands: Readonly<Partial<Record<Game, string>>> = {
  minecraft: 'say {text}',
  bedrock: 'say {text}',
  source: 'say {text}',
  rust: 'say {text}',
  terraria: 'say {text}',
  factorio: '{text}',
  zomboid: 'servermsg "{text}"',
  'seven-days': 'say "{text}"',
};

/** The command that sends `{text}` to all players of a game; null = the game has none, or Perch does not know the game. */
export function knownBroadcast(game: Game | null | undefined): string | null {
  return (game === null || game === undefined ? undefined : commands[game]) ?? null;
}

/** The command that a form offers; `say` for other games, since most consoles have `say`. */
export function broadcastCommand(game: Game | null | undefined): string {
  return knownBroadcast(game) ?? 'say {text}';
}
