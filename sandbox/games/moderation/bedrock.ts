import { steamIdOf } from '../steam-id.js';
import { KeptList } from './kept-list.js';
import type { Ground, Moderation } from './ground.js';
import { argumentsOf, findPlayer } from './words.js';

interface Allowed {
  ignoresPlayerLimit: boolean;
  name: string;
}

interface Permission {
  permission: string;
  xuid: string;
}

/**
 * Commands of Minecraft, Bedrock Edition, with its English answers, and the lists in its files. The game has no bans.
 * Source: https://learn.microsoft.com/minecraft/creator/commands, and `texts/en_US.lang` of the game.
 */
export function bedrockModeration(ground: Ground): Moderation {
  const allowlist = new KeptList<Allowed>(ground.folder, 'allowlist.json', ({ name }) => name);
  const permissions = new KeptList<Permission>(ground.folder, 'permissions.json', ({ xuid }) => xuid);
  const say = (text: string): void => ground.print(ground.info(text));
  const xuidOf = (name: string): string => `253541${steamIdOf(name).slice(-10)}`;

  const kick = (name: string, reason: string): void => {
    const player = findPlayer(ground.players(), name);
    if (player === null) return say('No targets matched selector');
    say(`Kicked ${player} from the game${reason === '' ? '' : `: '${reason}'`}`);
    ground.drop(player, reason);
  };

  const allow = (way: string, name: string): void => {
    const isAdd = way === 'add';
    if ((!isAdd && way !== 'remove') || name === '') return say(`Syntax error: Unexpected "${way}"`);
    if (allowlist.has(name) === isAdd) return say(`Player ${isAdd ? 'already' : 'not'} in allowlist`);
    if (isAdd) allowlist.add({ ignoresPlayerLimit: false, name });
    else allowlist.remove(name);
    say(`Player ${isAdd ? 'added to' : 'removed from'} allowlist`);
  };

  const operate = (name: string, isOp: boolean): void => {
    const player = findPlayer(ground.players(), name);
    if (player === null) return say('No targets matched selector');
    const xuid = xuidOf(player);
    if (permissions.has(xuid) === isOp) return say(`Could not ${isOp ? 'op' : 'de-op'}: ${player}`);
    if (isOp) permissions.add({ permission: 'operator', xuid });
    else permissions.remove(xuid);
    say(`${isOp ? 'Opped' : 'De-opped'}: ${player}`);
  };

  const whisper = (name: string, text: string): void => {
    const player = findPlayer(ground.players(), name);
    say(player === null ? 'No targets matched selector' : `You whisper to ${player}: ${text}`);
  };

  return {
    run(word, text) {
      const [first = '', ...rest] = argumentsOf(text);
      if (word === 'kick') kick(first, rest.join(' '));
      else if (word === 'allowlist' || word === 'whitelist') allow(first, rest.join(' '));
      else if (word === 'op' || word === 'deop') operate(first, word === 'op');
      else if (word === 'tell') whisper(first, rest.join(' '));
      else return false;
      return true;
    },
    refusal: () => null,
  };
}
