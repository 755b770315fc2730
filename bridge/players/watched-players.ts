/** The players of each server whose coming the user wants to hear of (setting `watchedPlayers`). Pure. */
import type { Game } from '../panel/games.js';
import { mostKept } from '../settings/settings-limits.js';

/** Server id -> names, or ids of games that send only ids. */
export type WatchedPlayers = Readonly<Record<string, readonly string[]>>;

/** Why a name cannot be added: this server, or all servers together, have the most names that Perch keeps. */
export type WatchFault = 'names' | 'servers';

/** Games of Minecraft take upper and lower case of a name for the same player. */
const foldsCase: ReadonlySet<Game> = new Set<Game>(['minecraft', 'bedrock', 'proxy']);

/** Two names with the same key belong to one player of this game. */
export function playerKey(name: string, game: Game | null | undefined): string {
  return game !== null && game !== undefined && foldsCase.has(game) ? name.toLowerCase() : name;
}

interface Place {
  readonly id: string;
  readonly game?: Game | null | undefined;
}

export function isWatched(watched: WatchedPlayers, { id, game }: Place, name: string): boolean {
  const key = playerKey(name, game);
  return (watched[id] ?? []).some((one) => playerKey(one, game) === key);
}

/** null = the name can be added. */
export function watchFault(watched: WatchedPlayers, serverId: string): WatchFault | null {
  const names = watched[serverId];
  if (names !== undefined) return names.length >= mostKept.watchedNames ? 'names' : null;
  return Object.keys(watched).length >= mostKept.watchedServers ? 'servers' : null;
}

/** The setting with or without this name. A name that cannot be added changes nothing. */
export function withPlayer(
  watched: WatchedPlayers,
  { id, game }: Place,
  name: string,
  isWanted: boolean,
): Record<string, string[]> {
  const key = playerKey(name, game);
  const others = (watched[id] ?? []).filter((one) => playerKey(one, game) !== key);
  const now = watched[id] === undefined ? watched : { ...watched, [id]: others };
  const names = isWanted && watchFault(now, id) === null ? [...others, name] : others;
  const all = Object.entries(watched).flatMap(([server, kept]): [string, string[]][] =>
    server === id ? [] : [[server, [...kept]]],
  );
  return Object.fromEntries(names.length === 0 ? all : [...all, [id, names]]);
}
