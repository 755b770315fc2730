/** Verbs: a person's actions on a player by console command. Pure and without zod, because windows use the file. */
import type { Game } from '../panel/games.js';
import type { PlayerVerb } from './verb-names.js';
import { verbTable, type GameVerbs, type VerbWords } from './verb-table.js';

/** The user's commands of one server, by verb; null = this server has no such command. */
export type OwnVerbs = Readonly<Partial<Record<PlayerVerb, string | null>>>;

/** The verb that takes each verb back; null = none. */
export const undoVerb: Readonly<Record<PlayerVerb, PlayerVerb | null>> = {
  message: null,
  kick: null,
  ban: 'pardon',
  pardon: null,
  'whitelist-add': 'whitelist-remove',
  'whitelist-remove': 'whitelist-add',
  op: 'deop',
  deop: 'op',
};

/** Longest reason or message in characters. */
export const longestText = 500;
/** Longest name that a verb takes, in characters; the id of a player has at most 36. */
export const longestPlayer = 64;
/** Longest command with its placeholders, in characters. */
export const longestVerbCommand = 300;

/** The console commands of a game about its players; null for a game that has none, such as Valheim. */
export function gameVerbs(game: Game | null | undefined): GameVerbs | null {
  return (game === null || game === undefined ? undefined : verbTable[game]) ?? null;
}

/** The command of a verb with its placeholders: the user's own command, else the game's; null = none. */
export function verbCommand(
  verb: PlayerVerb,
  game: Game | null | undefined,
  own: OwnVerbs | undefined,
): string | null {
  const chosen = own?.[verb];
  return chosen === undefined ? (verbWords(verb, game)?.command ?? null) : chosen;
}

export function verbWords(verb: PlayerVerb, game: Game | null | undefined): VerbWords | null {
  return gameVerbs(game)?.verbs[verb] ?? null;
}
