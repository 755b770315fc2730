/** Answer of a game, as the plugin reads it. */
export interface Counted {
  hostname: string;
  map: string;
  current_players: number;
  max_players: number;
  players: readonly string[];
}

export interface GamePlace {
  host: string;
  port: number;
}

/** Time limit of the plugin for an answer. */
export const patienceMs = 5000;
