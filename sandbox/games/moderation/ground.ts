/** Parts that the consoles of all games share. */

/** Access of commands about players to the game. */
export interface Ground {
  /** Folder of the server's files. */
  folder: string;
  print(...lines: string[]): void;
  /** A line with the time and level of the game. */
  info(text: string): string;
  players(): readonly string[];
  isFull(): boolean;
  /** The player leaves; the console prints `why` where the game does. */
  drop(player: string, why: string): void;
}

/** Commands of a console about players, with the answers of the real game. */
export interface Moderation {
  /** Runs the command; returns false for an unknown word. */
  run(word: string, text: string): boolean;
  /** Console lines if the player may not join; null = welcome. */
  refusal(player: string): readonly string[] | null;
}
