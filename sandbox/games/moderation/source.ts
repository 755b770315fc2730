import type { Ground, Moderation } from './ground.js';
import { argumentsOf, findPlayer } from './words.js';

/**
 * The command `kick` of Valve's engine, whose answer is the line about the player who left.
 * Source: https://developer.valvesoftware.com/wiki/Console_Command_List
 */
export function sourceModeration(ground: Ground): Moderation {
  return {
    run(word, text) {
      if (word !== 'kick') return false;
      const [name, reason = 'Kicked by Console'] = argumentsOf(text);
      if (name === undefined) {
        ground.print('Usage:  kick < name > [ message ]');
        return true;
      }
      const player = findPlayer(ground.players(), name);
      // The engine does not answer about an unknown name.
      if (player !== null) ground.drop(player, reason);
      return true;
    },
    refusal: () => null,
  };
}
