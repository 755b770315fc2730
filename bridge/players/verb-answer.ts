/** Reads the console's answer to a verb. Pure. */
import { oneLine } from '../console/plain-line.js';
import type { Game } from '../panel/games.js';
import { gameVerbs, verbWords } from './player-verbs.js';
import type { PlayerVerb } from './verb-names.js';
import { playerMark } from './verb-command.js';

/** `no-player` = the game knows nobody of that name. */
export type VerbAnswer = 'done' | 'no-player' | 'refused';

/** Longest line that can be an answer, in characters. */
const longest = 600;

/**
 * Time, thread and level before the text of a line: `[12:00:00] [Server thread/INFO]: ` of Minecraft,
 * `2026-11-29 12:00:00 [KICK] ` of Factorio, `LOG  : General     , 1764417600> ` of Zomboid, `: ` of Terraria.
 */
const before =
  /^(?:\[[^\]]{0,60}\]:? {0,2}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d |[A-Z]{3,5} {0,3}: [^>]{0,60}> |[:>] )/;
/** Most of these pieces in a line. */
const mostPieces = 5;

/** What a console line says about the order; null = nothing. Chat of players begins with their names, so it never counts. */
export function verbAnswer(
  line: string,
  { verb, player }: { readonly verb: PlayerVerb; readonly player: string },
  game: Game | null | undefined,
): VerbAnswer | null {
  const words = gameVerbs(game);
  if (words === null || line.length > longest) return null;
  const text = withoutTime(oneLine(line, longest));
  const says = (templates: readonly string[]): boolean => templates.some((one) => begins(text, one, player));
  if (says(verbWords(verb, game)?.done ?? [])) return 'done';
  if (says(words.noPlayer)) return 'no-player';
  return says(words.refused) ? 'refused' : null;
}

/** The text of a line behind its time, as far as the answer is shown: at most 200 characters. */
export function shownAnswer(line: string): string {
  return oneLine(withoutTime(oneLine(line, longest)), 200);
}

function withoutTime(line: string): string {
  let text = line;
  for (let piece = 0; piece < mostPieces; piece++) {
    const shorter = text.replace(before, '');
    // An answer may be in brackets as a whole.
    if (shorter === text || shorter === '') break;
    text = shorter;
  }
  return text;
}

/** True if the text begins as the template says, in upper or lower case: a console repeats the name in its own case. */
function begins(text: string, template: string, player: string): boolean {
  const name = player.toLowerCase();
  // Split first, because a name may hold a star.
  const pieces = template.toLowerCase().split('*');
  const [first = '', ...others] = pieces.map((piece) => piece.replaceAll(playerMark, () => name));
  const said = text.toLowerCase();
  if (!said.startsWith(first)) return false;
  let end = first.length;
  for (const piece of others) {
    const at = said.indexOf(piece, end);
    if (at === -1) return false;
    end = at + piece.length;
  }
  // "Kicked Annabelle" is no answer about Anna.
  return !template.endsWith(playerMark) || !/[\p{L}\p{N}_]/u.test(said.charAt(end));
}
