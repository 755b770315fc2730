/** Makes the console command of a verb, so that a hostile name or text stays inside of its place. Pure. */
import { oneLine } from '../console/plain-line.js';
import type { Game } from '../panel/games.js';
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

export const playerMark = '{player}';
const textMark = '{text}';

/**
 * Why a command cannot be made: the game has none, the name does not fit into a command, the game wants a Steam ID, or
 * the text is missing.
 */
export type NoCommand = 'no-verb' | 'unsafe-name' | 'steam-id' | 'no-text';

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
  if (!isOwn && verbWords(verb, game)?.bySteamId === true && !/^\d{17}$/.test(player))
    return { why: 'steam-id' };
  const takesSpaces = !isOwn && gameVerbs(game)?.takesSpaces === true;
  if (!fits(player, isQuoted(template, playerMark), takesSpaces)) return { why: 'unsafe-name' };
  const said = saidText(text, template, game);
  if (said === '' && verb === 'message') return { why: 'no-text' };
  const whole = template.replace(/\[([^\]]*)\]/g, (_all, part: string) => (said === '' ? '' : part));
  // One replacement, because a name may hold the mark of the text.
  const command = whole.replace(/\{(player|text)\}/g, (_all, mark: string) =>
    mark === 'player' ? player : said,
  );
  return { command: command.trim() };
}

/** True if the verb's command has a place for a reason or a message. */
export function takesText(verb: PlayerVerb, game: Game | null | undefined, own?: OwnVerbs): boolean {
  return verbCommand(verb, game, own)?.includes(textMark) === true;
}

/** What is wrong with a command that a person entered; null = nothing. */
export function commandMistake(
  verb: PlayerVerb,
  command: string,
): 'too-long' | 'lines' | 'no-player' | 'no-text' | null {
  if ([...command].length > longestVerbCommand) return 'too-long';
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(command)) return 'lines';
  if (!command.includes(playerMark)) return 'no-player';
  return verb === 'message' && !command.includes(textMark) ? 'no-text' : null;
}

/**
 * True if the name can stand in a command as it is. A name is never changed, because the changed one may be that of
 * somebody else.
 */
function fits(name: string, quoted: boolean, takesSpaces: boolean): boolean {
  if (name === '' || [...name].length > longestPlayer || oneLine(name, longestPlayer) !== name) return false;
  // Between quotes only a quote ends the name. A backslash hides a quote in some games.
  if (quoted) return !/["\\]/.test(name);
  // `@` begins a selector of Minecraft, `-` an option, `/` a command of its own.
  if (/^[@/-]/.test(name) || /["';\\]/.test(name)) return false;
  return takesSpaces || !/\s/.test(name);
}

/** The text as one line that ends neither its quotes nor, on Source servers, the command. */
function saidText(text: string, template: string, game: Game | null | undefined): string {
  const line = oneLine(text, longestText);
  if (isQuoted(template, textMark)) return line.replaceAll('"', "'").replaceAll('\\', '/');
  return game === 'source' ? line.replaceAll(';', ',').replaceAll('"', "'") : line;
}

function isQuoted(template: string, mark: string): boolean {
  return template.includes(`"${mark}"`);
}
