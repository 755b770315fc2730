/** What players are told before a restart, and when. Pure, and without zod: windows show what would be sent. */
import type { Game } from '../panel/games.js';
import { say } from '../../messages/messages.js';

/** How long before the restart they may be told first, minutes. */
export const warningMinutes = [1, 5, 10] as const;
export type WarningMinutes = (typeof warningMinutes)[number];

/** Stands in a message for the time that is left, and in a command for the message. */
export const timeMark = '{time}';
export const textMark = '{text}';
/** How Minecraft, Source, Rust and Terraria say something to everybody. */
export const usualCommand = `say ${textMark}`;

/** Characters of a finished command. */
export const mostOfCommand = 4000;

/** So long before the restart they are told again. */
const againMs = [60_000, 10_000] as const;

/** When something is to be done, in milliseconds before the restart; the last is the restart itself. */
export function stepsOf(wholeMs: number): readonly number[] {
  return [...againMs.filter((ms) => ms < wholeMs), 0];
}

/** What players read; one line, whatever was pasted. */
export function warningText(message: string, leftMs: number): string {
  const seconds = Math.round(leftMs / 1000);
  const time =
    seconds % 60 === 0
      ? say('warned.minutes', { count: seconds / 60 })
      : say('warned.seconds', { count: seconds });
  return oneLine(message).replaceAll(timeMark, () => time);
}

/** The command that says a text. On Source a `;` in it would begin a command of its own. */
export function sayingCommand(command: string, text: string, game: Game | null = null): string {
  const said = game === 'source' ? oneLine(text).replaceAll(';', ',') : oneLine(text);
  return oneLine(command).replaceAll(textMark, () => said);
}

/** One of the commands that would be sent is longer than `mostOfCommand`. */
export function isTooLong(message: string, command: string, wholeMs: number): boolean {
  const warnings = [wholeMs, ...againMs].map((leftMs) => warningText(message, leftMs));
  return [...warnings, say('warned.called-off')].some(
    (text) => sayingCommand(command, text).length > mostOfCommand,
  );
}

/** A second line would be a command of its own. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, ' ').trim();
}
