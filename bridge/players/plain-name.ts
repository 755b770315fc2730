/**
 * Names of players from games and files, as Perch shows them. A name that Perch changed for display may be the name of
 * another player, so no command may carry a changed name. Pure.
 */
import { oneLine } from '../console/plain-line.js';
import { longestPlayer } from './player-verbs.js';

export interface PlainName {
  readonly name: string;
  /** True if a command with this name could reach another player. */
  readonly isAltered?: true | undefined;
}

/** Names without hidden characters. This test is much faster than the full check, and a file may hold 100,000 names. */
const surelyPlain = /^[\w.*+-]{1,64}$/;

/** The name as one line; null if the name has no visible character. */
export function plainName(raw: string): PlainName | null {
  if (surelyPlain.test(raw)) return { name: raw };
  const name = oneLine(raw, longestPlayer);
  if (name === '') return null;
  return name === raw ? { name } : { name, isAltered: true };
}

/** Marks names that several players share; upper and lower case count as equal. */
export function markTwins<Player extends PlainName>(players: readonly Player[]): Player[] {
  const times = new Map<string, number>();
  for (const { name } of players) times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1);
  return players.map((player) =>
    times.get(player.name.toLowerCase()) === 1 ? player : { ...player, isAltered: true },
  );
}

/** True if the game knows the player of this shown name by another name. */
export function mayMeanOther(name: string, players: readonly PlainName[]): boolean {
  const wanted = name.toLowerCase();
  return players.some((one) => one.isAltered === true && one.name.toLowerCase() === wanted);
}
