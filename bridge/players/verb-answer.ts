/** Reads the console's answer to a verb. Pure. */
import { oneLine } from '../console/plain-line.js';
import type { Game } from '../panel/games.js';
import { gameVerbs, verbWords } from './player-verbs.js';
import type { PlayerVerb } from './verb-names.js';
import { playerMark } from './verb-command.js';

/** `no-player` = the game knows nobody of that name. */
export type VerbAnswer = 'done' | 'no-player' | 'refused';

/** Longest line that can be an answer, in characters. */
export const longestAnswer = 600;

/**
 * The prefix of a line, by game: time, thread and level. Other brackets belong to the text, because chat of players and
 * of bridges has brackets too: `[12:00:00 INFO]: [Discord] Kicked Anna` is no answer.
 */
const heads: Readonly<Partial<Record<Game, RegExp>>> = {
  // `[12:00:00] [Server thread/INFO] [minecraft/DedicatedServer]: `, `[12:00:00 INFO]: `, of Fabric `… (Minecraft) `,
  // of old versions `2012-01-01 12:00:00 [INFO] `; the prompt may stand before them.
  minecraft:
    /^(?:> ?)?(?:\[[^\]]{0,20}\d\d:\d\d:\d\d[^\]]{0,20}\] ?(?:\[[^\]]{0,80}\] ?){0,3}(?:: |\(Minecraft\) )|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[[A-Z]{4,7}\] )/,
  bedrock: /^(?:NO LOG FILE! - )?\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?::\d{1,4})? [A-Z]{4,7}\] /,
  rust: /^\[\d\d:\d\d:\d\d\] /,
  terraria: /^: /,
  factorio: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:\[(?:KICK|BAN|UNBAN|UNBANNED|PROMOTE|DEMOTE)\] )?/,
  // `2026-11-30T12:00:00 123.456 INF `.
  'seven-days': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d \d{1,12}\.\d{1,6} [A-Z]{3} /,
  // `LOG  : General     , 1764417600> `, since build 42 with a second number.
  zomboid: /^(?:LOG|WARN|ERROR) {0,3}: [^<>]{0,80}> (?:[\d,]{1,20}> )?/,
};

/** The answer to the order in a console line; null = none. Chat begins with the name of a player or of a bridge. */
export function verbAnswer(
  line: string,
  { verb, player }: { readonly verb: PlayerVerb; readonly player: string },
  game: Game | null | undefined,
): VerbAnswer | null {
  const words = gameVerbs(game);
  if (words === null || line.length > longestAnswer) return null;
  const text = textOf(line, game);
  const says = (templates: readonly string[]): boolean => templates.some((one) => begins(text, one, player));
  if (says(verbWords(verb, game)?.done ?? [])) return 'done';
  if (says(words.noPlayer)) return 'no-player';
  return says(words.refused) ? 'refused' : null;
}

/** The text of a line after its time, as shown: at most 200 characters. */
export function shownAnswer(line: string, game: Game | null | undefined): string {
  return oneLine(textOf(line, game), 200);
}

/** The text of a line after its time, as one line. */
export function textOf(line: string, game: Game | null | undefined): string {
  const head = game === null || game === undefined ? undefined : heads[game];
  const text = oneLine(line, longestAnswer);
  return head === undefined ? text : text.replace(head, '');
}

/** True if the text begins as the template does. Ignores case: a console repeats the name in its own case. */
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
