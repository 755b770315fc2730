/** What an egg must say about a game of the sandbox so that its server gets from `starting` to `running` and stops. */
export interface GameFacts {
  /** Part of the line that says that the game is up (`ServerSpec.donePattern`). */
  done: string;
  /** The word that ends it (`ServerSpec.stopValue`); `^C` = SIGTERM. Every game also knows `stop`. */
  stop: string;
}

export type GameName = 'survival' | 'proxy' | 'rust' | 'valheim';

/** The games that the child process can play. */
export const GAMES: Readonly<Record<GameName, GameFacts>> = {
  survival: { done: ')! For help, type ', stop: 'stop' },
  proxy: { done: 'Listening on ', stop: 'end' },
  rust: { done: 'Server startup complete', stop: 'quit' },
  valheim: { done: 'Game server connected', stop: '^C' },
};

/** The game of that name; unknown names play `survival`, so that an odd egg still gives a living server. */
export function gameNamed(name: string): GameName {
  return Object.hasOwn(GAMES, name) ? (name as GameName) : 'survival';
}
