import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { steamIdOf } from '../steam-id.js';
import type { Ground, Moderation } from './ground.js';
import { argumentsOf, findPlayer } from './words.js';

/**
 * Commands of Rust with its answers. Bans and ranks need the Steam id, except for players who are on.
 * Source: https://wiki.facepunch.com/rust/Console-Commands
 */
export function rustModeration(ground: Ground): Moderation {
  const bans = new Map<string, { name: string; reason: string }>();
  const moderators = new Map<string, string>();
  const say = (text: string): void => ground.print(ground.info(text));

  const find = (who: string): string | null =>
    findPlayer(ground.players(), who) ?? ground.players().find((player) => steamIdOf(player) === who) ?? null;

  /** Bans and ranks of the identity `rust`, as the game writes them. */
  const save = (): void => {
    const folder = join(ground.folder, 'server', 'rust', 'cfg');
    mkdirSync(folder, { recursive: true });
    const banned = [...bans].map(([id, { name, reason }]) => `banid ${id} "${name}" "${reason}" -1\r\n`);
    const ranked = [...moderators].map(([id, name]) => `moderatorid ${id} "${name}" "no reason"\r\n`);
    writeFileSync(join(folder, 'bans.cfg'), banned.join(''));
    writeFileSync(join(folder, 'users.cfg'), ranked.join(''));
  };

  const kick = (who: string, reason: string): void => {
    const player = find(who);
    if (player === null) return say('Player not found');
    ground.drop(player, `Kicked: ${reason || 'no reason given'}`);
    say(`Kicked: ${player}`);
  };

  const ban = (who: string, reason: string): void => {
    const player = find(who);
    if (player === null) return say('Player not found');
    const id = steamIdOf(player);
    if (bans.has(id)) return say(`User ${id} is already banned`);
    bans.set(id, { name: player, reason: reason || 'No Reason Given' });
    save();
    ground.drop(player, `Banned: ${reason || 'No Reason Given'}`);
    say(`Kickbanned User: ${id} - ${player}`);
  };

  const unban = (id: string): void => {
    if (!bans.delete(id)) return say(`User ${id} isn't banned`);
    save();
    say(`Unbanned User: ${id}`);
  };

  const rank = (id: string, name: string): void => {
    if (moderators.has(id)) return say(`User ${id} is already a Moderator`);
    moderators.set(id, name || (find(id) ?? 'unnamed'));
    save();
    say(`Added moderator ${moderators.get(id) ?? ''}, steamid ${id}`);
  };

  const unrank = (id: string): void => {
    if (!moderators.delete(id)) return say(`User ${id} isn't a moderator`);
    save();
    say(`Removed Moderator: ${id}`);
  };

  const byId: Readonly<Record<string, (id: string, name: string) => void>> = {
    unban,
    moderatorid: rank,
    removemoderator: unrank,
  };

  return {
    run(word, text) {
      const [who = '', reason = ''] = argumentsOf(text);
      if (word === 'kick') kick(who, reason);
      else if (word === 'ban') ban(who, reason);
      else if (!Object.hasOwn(byId, word)) return false;
      else if (!/^7656\d{13}$/.test(who)) say(`This doesn't appear to be a 64bit steamid: ${who}`);
      else byId[word]?.(who, reason);
      return true;
    },
    refusal(player) {
      const ban = bans.get(steamIdOf(player));
      if (ban === undefined) return null;
      return [ground.info(`Rejecting connection of ${steamIdOf(player)}: Banned: ${ban.reason}`)];
    },
  };
}
