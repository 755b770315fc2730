import type { Game } from '../panel/games.js';

/** The place of a reason or a message in a command. */
export const textMark = '{text}';

/**
 * The text of a person, one line, without characters that would end its quotes or begin a second command. `template` =
 * the command with its places; `isOwn` = the person entered the command, and nobody knows how a plugin reads a line.
 */
export function fittingText(
  text: string,
  template: string,
  { game, isOwn }: { readonly game: Game | null | undefined; readonly isOwn: boolean },
): string {
  const isSource = game === 'source';
  const quoted = isOwn || isQuoted(template, textMark);
  let said = text;
  if (quoted || isSource) said = said.replaceAll('"', "'");
  if (quoted) said = said.replaceAll('\\', '/');
  if (isOwn || isSource) said = said.replaceAll(';', ',');
  // If the text is the whole line, as in Factorio's console, a slash would begin a command.
  if (template === textMark) said = said.replace(/^[\s/]+/, '');
  // An apostrophe would end a text between single quotes.
  return template.includes("'") ? said.replaceAll("'", '\u2019') : said;
}

/** True if each place of the mark is between double quotes. */
export function isQuoted(template: string, mark: string): boolean {
  return template.includes(mark) && !template.replaceAll(`"${mark}"`, '').includes(mark);
}
