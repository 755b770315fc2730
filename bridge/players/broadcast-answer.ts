/** Reads the console's answer to a message to all players. Pure. */
import type { Game } from '../panel/games.js';
import { textMark } from './fitting-text.js';
import { gameVerbs } from './player-verbs.js';
import { longestAnswer, textOf } from './verb-answer.js';

/**
 * How each console shows a message to all players, behind the time of the line (PLAYERS-VERBS "Messages to all"). Games
 * that are missing show nothing that Perch knows.
 */
const shownAs: Readonly<Partial<Record<Game, readonly string[]>>> = {
  minecraft: ['[Server] {text}', '[Not Secure] [Server] {text}'],
  source: ['Console: {text}'],
  terraria: ['<Server> {text}'],
  factorio: ['[CHAT] <server>: {text}'],
  zomboid: ['Message sent'],
  'seven-days': ["Chat (from '-non-player-', entity id '-1', to 'Global'): 'Server': {text}"],
};

/** Characters of the message that a line must have: consoles cut long lines. */
const compared = 200;

/** The answer to a message in a console line; null = none. `said` = the message as the command has it. */
export function broadcastAnswer(
  line: string,
  { said, game }: { readonly said: string; readonly game: Game | null },
): 'done' | 'refused' | null {
  if (game === null || line.length > longestAnswer + said.length) return null;
  const text = textOf(line, game);
  const begins = (template: string): boolean =>
    text.startsWith(template.replace(textMark, () => said.slice(0, compared)));
  if (shownAs[game]?.some(begins) === true) return 'done';
  return gameVerbs(game)?.refused.some(begins) === true ? 'refused' : null;
}
