/** Data that an egg needs for a game of the sandbox, so that its server becomes `running` and stops. */
export interface GameFacts {
  /** Part of the console line that reports readiness (`ServerSpec.donePattern`). */
  done: string;
  /** Command that ends the game (`ServerSpec.stopValue`); `^C` = SIGTERM. Every game also knows `stop`. */
  stop: string;
}

export type GameName =
  'survival' | 'proxy' | 'rust' | 'valheim' | 'bedrock' | 'garrysmod' | 'teamspeak' | 'fivem';

/** Games that the child process can play. */
export const GAMES: Readonly<Record<GameName, GameFacts>> = {
  survival: { done: ')! For help, type ', stop: 'stop' },
  proxy: { done: 'Listening on ', stop: 'end' },
  rust: { done: 'Server startup complete', stop: 'quit' },
  valheim: { done: 'Game server connected', stop: '^C' },
  bedrock: { done: 'Server started.', stop: 'stop' },
  garrysmod: { done: 'gameserver Steam ID', stop: 'quit' },
  teamspeak: { done: 'listening on 0.0.0.0:', stop: '^C' },
  fivem: { done: 'succeeded. Welcome!', stop: 'quit' },
};

/** Game by name. Unknown names play `survival`, so that every egg gives a working server. */
export function gameNamed(name: string): GameName {
  return Object.hasOwn(GAMES, name) ? (name as GameName) : 'survival';
}
