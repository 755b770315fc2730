import type { Profile } from '../profile.js';
import { bedrockModeration } from './bedrock.js';
import type { Ground, Moderation } from './ground.js';
import { minecraftModeration } from './minecraft.js';
import { rustModeration } from './rust.js';
import { sourceModeration } from './source.js';

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
