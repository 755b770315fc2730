import type { Profile } from '../profile.js';
import { bedrockModeration } from './bedrock.js';
import { minecraftModeration } from './minecraft.js';
import { rustModeration } from './rust.js';
import { sourceModeration } from './source.js';

/** What commands about players may see and do. */
export interface Ground {
  /** Folder of the server's files. */
  folder: string;
  print(...lines: string[]): void;
  /** A line with the time and level of the game. */
  info(text: string): string;
  players(): readonly string[];
  isFull(): boolean;
  /** The player leaves; the console tells `why` where the game does. */
  drop(player: string, why: string): void;
}

/** Commands of a console about players, with the answers of the real game. */
export interface Moderation {
  /** Runs the command; returns false for an unknown word. */
  run(word: string, text: string): boolean;
  /** Console lines if the player may not join; null = welcome. */
  refusal(player: string): readonly string[] | null;
}

const consoles = {
  minecraft: minecraftModeration,
  bedrock: bedrockModeration,
  rust: rustModeration,
  source: sourceModeration,
};

/** Commands that the game knows; null = none. */
export function moderationOf({ moderation }: Profile, ground: Ground): Moderation | null {
  return moderation === undefined ? null : consoles[moderation](ground);
}
