/**
 * The text files of a server that Perch watches: those of its game, without those that the user took away, and those
 * that the user added. Pure.
 */
import type { Game } from '../panel/games.js';
import { isPath, lastPart } from './file-paths.js';
import { watchedFiles, type WatchedFiles } from './watched-files.js';

/** Difference of a server's list from the usual one of its game. Paths are from the server's folder, with "/" first. */
export interface WatchedChoice {
  readonly added: readonly string[];
  readonly taken: readonly string[];
}

export type WatchedChoices = Readonly<Record<string, WatchedChoice>>;

/** Structural, for the fleet's servers of main and of windows. */
interface OfGame {
  readonly id: string;
  readonly game?: Game | null | undefined;
}

/** Most text files of a server. Each one that has changed costs a call. */
export const mostWatched = 50;
/** Longest text in bytes that the watch of the configuration reads. */
export const mostWatchedBytes = 262_144;

export function watchedOf({ id, game }: OfGame, choices: WatchedChoices): WatchedFiles {
  const usual = watchedFiles(game);
  const choice = choiceOf(id, choices);
  if (choice === undefined) return usual;
  const kept = usual.texts.filter((path) => !choice.taken.includes(path));
  const added = choice.added.filter((path) => !usual.texts.includes(path));
  return { ...usual, texts: [...kept, ...added].slice(0, mostWatched) };
}

export function choiceOf(serverId: string, choices: WatchedChoices): WatchedChoice | undefined {
  return Object.hasOwn(choices, serverId) ? choices[serverId] : undefined;
}

/** The choices with this file watched or not. A list that is the usual one again has no choice. */
export function withWatched(
  server: OfGame,
  choices: WatchedChoices,
  file: { readonly path: string; readonly isWatched: boolean },
): Record<string, WatchedChoice> {
  const usual = watchedFiles(server.game).texts;
  const { added, taken } = choiceOf(server.id, choices) ?? { added: [], taken: [] };
  const others = (paths: readonly string[]): string[] => paths.filter((path) => path !== file.path);
  const isUsual = usual.includes(file.path);
  const choice = {
    added: file.isWatched && !isUsual ? [...others(added), file.path] : others(added),
    taken: !file.isWatched && isUsual ? [...others(taken), file.path] : others(taken),
  };
  const rest = withUsual(server.id, choices);
  return choice.added.length + choice.taken.length === 0 ? rest : { ...rest, [server.id]: choice };
}

/** The choices with the usual list of the server's game. */
export function withUsual(serverId: string, choices: WatchedChoices): Record<string, WatchedChoice> {
  return Object.fromEntries(Object.entries(choices).filter(([id]) => id !== serverId));
}

/** `servers` = too many servers have a list of their own. */
export type WatchFault = 'path' | 'known' | 'many' | 'servers';

/** Why a file can't be added to the list of a server; null if it can. `mostServers` = most servers with a choice. */
export function watchFault(
  path: string,
  server: OfGame,
  { choices, mostServers }: { readonly choices: WatchedChoices; readonly mostServers: number },
): WatchFault | null {
  if (!isPath(path) || lastPart(path) === '') return 'path';
  const { texts } = watchedOf(server, choices);
  if (texts.includes(path)) return 'known';
  if (texts.length >= mostWatched) return 'many';
  const isNew = choiceOf(server.id, choices) === undefined;
  return isNew && Object.keys(choices).length >= mostServers ? 'servers' : null;
}

/** The typed text as a path: "/" first, none at the end. */
export function typedPath(text: string): string {
  return `/${text
    .trim()
    .split('/')
    .filter((part) => part !== '')
    .join('/')}`;
}
