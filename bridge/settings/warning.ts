/** Texts and times of the warnings before a restart. Pure and without zod, because windows preview the commands. */
import type { Game } from '../panel/games.js';
import { knownBroadcast } from '../players/broadcasts.js';
import { fittingText, textMark } from '../players/fitting-text.js';
import { say } from '../../messages/messages.js';

/** Choices for the time from the first warning to the restart (minutes). */
export const warningMinutes = [1, 5, 10] as const;
export type WarningMinutes = (typeof warningMinutes)[number];

/** Placeholder in a message for the remaining time. */
export const timeMark = '{time}';

/** Longest finished command (characters). */
export const mostOfCommand = 4000;

/** Times of the further warnings, in ms before the restart. */
const againMs = [60_000, 10_000] as const;

/** Times of the remaining steps in ms before the restart: further warnings, then 0 for the restart itself. */
export function warningSteps(wholeMs: number): readonly number[] {
  return [...againMs.filter((ms) => ms < wholeMs), 0];
}

/** The text that players read, always one line. */
export function warningText(message: string, leftMs: number): string {
  const seconds = Math.round(leftMs / 1000);
  const time =
    seconds % 60 === 0
      ? say('warned.minutes', { count: seconds / 60 })
      : say('warned.seconds', { count: seconds });
  return oneLine(message).replaceAll(timeMark, () => time);
}

/** The command that broadcasts a text. The text cannot add a command, as `;` would on Source servers. */
export function sayingCommand(command: string, text: string, game: Game | null = null): string {
  const said = saidBy(command, text, game);
  return oneLine(command).replaceAll(textMark, () => said);
}

/** The text as the command sends it. */
export function saidBy(command: string, text: string, game: Game | null): string {
  const line = oneLine(command);
  return fittingText(oneLine(text), line, { game, isOwn: line !== knownBroadcast(game) });
}

/** True if a command would be longer than `mostOfCommand`. */
export function isWarningTooLong(message: string, command: string, wholeMs: number): boolean {
  const warnings = [wholeMs, ...againMs].map((leftMs) => warningText(message, leftMs));
  return [...warnings, say('warned.called-off')].some(
    (text) => sayingCommand(command, text).length > mostOfCommand,
  );
}

/** Joins lines, because the server would run a second line as a separate command, and drops other control characters. */
function oneLine(text: string): string {
  return text
    .replace(/\s*[\t\n\v\f\r\u0085\u2028\u2029]+\s*/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim();
}
