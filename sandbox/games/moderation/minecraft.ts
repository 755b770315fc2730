import { offlineUuid } from '../query/minecraft-status.js';
import { readProperties } from '../properties.js';
import { KeptList } from './kept-list.js';
import type { Ground, Moderation } from './ground.js';
import { findPlayer, firstWord } from './words.js';

interface Profile {
  uuid: string;
  name: string;
}

interface Ban extends Profile {
  /** `2026-11-29 22:48:34 +0000` */
  created: string;
  source: string;
  expires: string;
  reason: string;
}

interface Operator extends Profile {
  level: number;
  bypassesPlayerLimit: boolean;
}

const banReason = 'Banned by an operator.';

/**
 * Commands of Minecraft, Java Edition, with its English answers, and the lists in its files.
 * Source: https://minecraft.wiki/w/Commands, and `assets/minecraft/lang/en_us.json` of the game.
 */
export function minecraftModeration(ground: Ground): Moderation {
  const { folder } = ground;
  const nameOf = ({ name }: Profile): string => name;
  const whitelist = new KeptList<Profile>(folder, 'whitelist.json', nameOf);
  const bans = new KeptList<Ban>(folder, 'banned-players.json', nameOf);
  const operators = new KeptList<Operator>(folder, 'ops.json', nameOf);
  let isWhitelistOn = readProperties(folder)['white-list'] === 'true';

  const say = (...texts: string[]): void => ground.print(...texts.map((text) => ground.info(text)));
  const drop = (player: string, why: string): void => {
    say(`${player} lost connection: ${why}`);
    ground.drop(player, why);
  };
  const isName = (name: string): boolean => /^\w{1,16}$/.test(name);
  const profile = (name: string): Profile => ({ uuid: offlineUuid(name), name });
  const unknown = (command: string): void =>
    say('Unknown or incomplete command, see below for error', `${command.trim()}<--[HERE]`);

  const kick = (name: string, reason: string): void => {
    const player = findPlayer(ground.players(), name);
    if (player === null) return say('No player was found');
    const why = reason || 'Kicked by an operator';
    say(`Kicked ${player}: ${why}`);
    drop(player, why);
  };

  const ban = (name: string, reason: string): void => {
    if (!isName(name)) return say('That player does not exist');
    if (bans.has(name)) return say('Nothing changed. The player is already banned');
    const player = findPlayer(ground.players(), name);
    const now = new Date().toISOString();
    const created = `${now.slice(0, 10)} ${now.slice(11, 19)} +0000`;
    const text = reason || banReason;
    bans.add({ ...profile(player ?? name), created, source: 'Server', expires: 'forever', reason: text });
    say(`Banned ${player ?? name}: ${text}`);
    if (player !== null) drop(player, 'You are banned from this server');
  };

  const pardon = (name: string): void => {
    if (!isName(name)) return say('That player does not exist');
    if (!bans.has(name)) return say("Nothing changed. The player isn't banned");
    bans.remove(name);
    say(`Unbanned ${name}`);
  };

  const operate = (name: string, isOp: boolean): void => {
    if (!isName(name)) return say('That player does not exist');
    if (operators.has(name) === isOp) {
      return say(`Nothing changed. The player ${isOp ? 'already is' : 'is not'} an operator`);
    }
    if (isOp) operators.add({ ...profile(name), level: 4, bypassesPlayerLimit: false });
    else operators.remove(name);
    say(`Made ${name} ${isOp ? 'a' : 'no longer a'} server operator`);
  };

  const listWhitelist = (): void => {
    const { entries } = whitelist;
    if (entries.length === 0) return say('There are no whitelisted players');
    say(`There are ${entries.length} whitelisted player(s): ${entries.map(nameOf).join(', ')}`);
  };

  const switchWhitelist = (isOn: boolean): void => {
    const state = isOn ? 'on' : 'off';
    say(isWhitelistOn === isOn ? `Whitelist is already turned ${state}` : `Whitelist is now turned ${state}`);
    isWhitelistOn = isOn;
  };

  const changeWhitelist = (name: string, isIn: boolean): void => {
    if (!isName(name)) return say('That player does not exist');
    if (whitelist.has(name) === isIn) return say(`Player is ${isIn ? 'already' : 'not'} whitelisted`);
    if (isIn) whitelist.add(profile(name));
    else whitelist.remove(name);
    say(isIn ? `Added ${name} to the whitelist` : `Removed ${name} from the whitelist`);
  };

  const runWhitelist = (text: string): void => {
    const { word, rest } = firstWord(text);
    if (word === 'list') return listWhitelist();
    if (word === 'on' || word === 'off') return switchWhitelist(word === 'on');
    if (word === 'reload') {
      whitelist.reload();
      return say('Reloaded the whitelist');
    }
    if ((word !== 'add' && word !== 'remove') || rest === '') return unknown(`whitelist ${text}`);
    changeWhitelist(rest, word === 'add');
  };

  const listBans = (): void => {
    const { entries } = bans;
    if (entries.length === 0) return say('There are no bans');
    say(
      `There are ${entries.length} ban(s):`,
      ...entries.map(({ name, source, reason }) => `${name} was banned by ${source}: ${reason}`),
    );
  };

  const whisper = (name: string, text: string): void => {
    const player = findPlayer(ground.players(), name);
    say(player === null ? 'No player was found' : `You whisper to ${player}: ${text}`);
  };

  const verbs: Readonly<Record<string, (name: string, rest: string) => void>> = {
    kick,
    ban,
    pardon,
    op: (name) => operate(name, true),
    deop: (name) => operate(name, false),
    tell: whisper,
    msg: whisper,
  };

  return {
    run(word, text) {
      if (word === 'whitelist') runWhitelist(text);
      else if (word === 'banlist') listBans();
      else if (!Object.hasOwn(verbs, word)) return false;
      else {
        const { word: name, rest } = firstWord(text);
        if (name === '') unknown(word);
        else verbs[word]?.(name, rest);
      }
      return true;
    },
    refusal(player) {
      const why = bans.has(player)
        ? 'You are banned from this server.'
        : isWhitelistOn && !whitelist.has(player) && !operators.has(player)
          ? 'You are not white-listed on this server!'
          : ground.isFull()
            ? 'The server is full!'
            : null;
      return why === null ? null : [ground.info(`Disconnecting ${player} (/198.51.100.7:50112): ${why}`)];
    },
  };
}
