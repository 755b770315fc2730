/** Manual page, made from the same table as the help. */
import { learnArea, say } from '../messages/messages.js';
import { exitCodeTable } from './exit-codes.js';
import { optionText, usageOf, type Option } from './verb.js';
import { help, verbs, version } from './verbs.js';

export interface Manual {
  readonly version: string;
  /** Date of the page, `2026-03-07`. */
  readonly date: string;
}

// The build loads this module, and closes its loader before it asks for the page.
await learnArea('command-line');

/** The page in the macros of `man`. */
export function manualPage({ version: perch, date }: Manual): string {
  const lines = [
    `.TH PERCH 1 ${quoted(date)} ${quoted(`Perch ${perch}`)} ${quoted(say('command-line.man-section'))}`,
    `.SH ${escaped(say('command-line.man-name'))}`,
    `perch \\- ${escaped(say('command-line.man-about'))}`,
    `.SH ${escaped(say('command-line.man-synopsis'))}`,
    '.B perch',
    escaped(say('command-line.usage-any')),
    `.SH ${escaped(say('command-line.man-description'))}`,
    escaped(say('command-line.about')),
    '.PP',
    escaped(say('command-line.naming')),
    `.SH ${escaped(say('command-line.man-commands'))}`,
    ...verbs.flatMap((verb) => [
      ...entry(usageOf(verb), say(verb.words)),
      ...(verb.options.length === 0 ? [] : ['.RS', ...verb.options.flatMap(optionEntry), '.RE']),
    ]),
    `.SH ${escaped(say('command-line.man-options'))}`,
    ...[help, version].flatMap(optionEntry),
    `.SH ${escaped(say('command-line.man-exit-status'))}`,
    ...exitCodeTable.flatMap(([code, words]) => entry(String(code), say(words))),
    `.SH ${escaped(say('command-line.man-environment'))}`,
    ...entry('NO_COLOR', say('command-line.man-no-color')),
  ];
  return `${lines.join('\n')}\n`;
}

function optionEntry(option: Option): string[] {
  const choices = option.choices === undefined ? '' : ` (${option.choices.join(', ')})`;
  return entry(optionText(option), `${say(option.words)}${choices}`);
}

function entry(term: string, text: string): string[] {
  return ['.TP', `.B ${escaped(term)}`, escaped(text)];
}

/** Escapes text: dashes stay copyable, letters beyond ASCII become codes, and no line begins with a roff request. */
function escaped(text: string): string {
  return withCodes(text.replaceAll('\\', '\\e').replaceAll('-', '\\-')).replace(/^(?=[.'])/, '\\&');
}

function withCodes(text: string): string {
  return text.replace(/[^\n -~]/gu, (letter) => `\\[u${codeOf(letter)}]`);
}

/** At least four hexadecimal digits, as groff and mandoc expect. */
function codeOf(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

function quoted(text: string): string {
  return `"${withCodes(text.replaceAll('"', ''))}"`;
}
