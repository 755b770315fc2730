/** Makes the console command of a verb, so that a hostile name or text stays inside of its place. Pure. */
import { oneLine } from '../console/plain-line.js';
import type { Game } from '../panel/games.js';
import { fittingText, isQuoted, textMark } from './fitting-text.js';
import {
  gameVerbs,
  longestPlayer,
  longestText,
  longestVerbCommand,
  verbCommand,
  verbWords,
  type OwnVerbs,
} from './player-verbs.js';
import type { PlayerVerb } from './verb-names.js';
import type { PlayerIdForm } from './verb-table.js';

export const playerMark = '{player}';

/**
 * Why a command cannot be made: the game has no such command, the name does not fit into a command, the game wants a
 * Steam ID (17 digits, or the form with colons), or the text is missing.
 */
export type NoCommand = 'no-verb' | 'unsafe-name' | 'steam-id' | 'steam-text-id' | 'no-text';

export interface PlayerOrder {
  readonly verb: PlayerVerb;
  readonly player: string;
  /** A reason or a message; empty = none. */
  readonly text?: string | undefined;
}

type Made = { readonly command: string } | { readonly why: NoCommand };

export function playerCommand(
  { verb, player, text = '' }: PlayerOrder,
  game: Game | null | undefined,
  own?: OwnVerbs,
): Made {
  const template = verbCommand(verb, game, own);
  if (template === null) return { why: 'no-verb' };
  const isOwn = own?.[verb] !== undefined;
  const form = isOwn ? undefined : verbWords(verb, game)?.byId;
  if (form !== undefined && !idForms[form].test(player))
    return { why: form === 'steam-text' ? 'steam-text-id' : 'steam-id' };
  const isName = isOwn ? fitsOwn(player, template) : fits(player, template, game);
  if (!isLine(player) || !isName) return { why: 'unsafe-name' };
  const said = fittingText(oneLine(text, longestText), template, { game, isOwn });
  if (said === '' && verb === 'message') return { why: 'no-text' };
  const whole = template.replace(/\[([^\]]*)\]/g, (_all, part: string) => (said === '' ? '' : part));
  // One replacement, because a name may hold the mark of the text.
  const command = whole.replace(/\{(player|text)\}/g, (_all, mark: string) =>
    mark === 'player' ? player : said,
  );
  return { command: command.trim() };
}

/** True if the verb's command has a place for a reason or a message. */
export function verbTakesText(verb: PlayerVerb, game: Game | null | undefined, own?: OwnVerbs): boolean {
  return verbCommand(verb, game, own)?.includes(textMark) === true;
}

/** The mistake in a command that a person entered; null = none. */
export function commandMistake(
  verb: PlayerVerb,
  command: string,
): 'too-long' | 'lines' | 'no-player' | 'no-text' | null {
  if ([...command].length > longestVerbCommand) return 'too-long';
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(command)) return 'lines';
  if (!command.includes(playerMark)) return 'no-player';
  return verb === 'message' && !command.includes(textMark) ? 'no-text' : null;
}

const idForms: Readonly<Record<PlayerIdForm, RegExp>> = {
  steam: /^\d{17}$/,
  'steam-prefixed': /^(?:Steam_)?\d{17}$/,
  'steam-text': /^STEAM_[0-5]:[01]:\d{1,10}$/,
};
/** Names of accounts of both editions, with the prefixes of Geyser and the like, and ids. */
const minecraftName = /^(?:[.*+_]?\w{1,16}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;
/** Selectors of Minecraft, numbers of Valve's engine, and marks that plugins take for everybody. */
const meansOthers = /^[@#*~]/;
/** `-` begins an option, `/` a command of its own. */
const meansMore = /^[-/]/;

/**
 * True if the name is one short line without hidden characters. A name is never changed, because a changed name may be
 * that of another player.
 */
function isLine(name: string): boolean {
  return name !== '' && [...name].length <= longestPlayer && oneLine(name, longestPlayer) === name;
}

/** True if the name can stand in the game's own command. */
function fits(name: string, template: string, game: Game | null | undefined): boolean {
  if (game === 'minecraft') return minecraftName.test(name);
  if (meansOthers.test(name)) return false;
  // Between quotes only a quote ends the name. In some games a backslash escapes a quote.
  if (isQuoted(template, playerMark)) return !/["\\]/.test(name);
  if (meansMore.test(name) || /["';\\]/.test(name)) return false;
  return gameVerbs(game)?.takesSpaces === true || !/\s/.test(name);
}

/** True if the name fits into the user's own command. Perch does not know how a plugin or mod reads a line. */
function fitsOwn(name: string, template: string): boolean {
  if (meansOthers.test(name)) return false;
  if (isQuoted(template, playerMark)) return !(template.includes("'") ? /["'\\]/ : /["\\]/).test(name);
  return !meansMore.test(name) && /^[\p{L}\p{M}\p{N}_.+-]+$/u.test(name);
}
