/** What a question of Perch may show of a program: a command that reads as it is sent, and a name that is only a name. */
import { oneLine } from '../../bridge/console/plain-line.js';

/** Letters that are drawn as blank paper, of Hangul, Braille, music and hieroglyphs. */
const blankLetter = /\u115f|\u1160|\u2800|\u3164|\uffa0|\u{1d159}|\u{13441}|\u{13442}|\u{16fe4}/u;
/** What joins two characters, and the choice of one picture of a character; nothing is seen of them alone. */
const joiner = '(?:\\u200c|\\u200d|\\ufe0e|\\ufe0f)';
/** What is drawn as nothing or turns the text around it. */
const unseen = new RegExp(
  `(?!${joiner})[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}]`,
  'u',
);
/** A joiner belongs behind a character that can be seen; the one that joins pictures may follow a choice of picture. */
const strayJoiner = new RegExp(
  `(?:^|[\\s\\p{Z}])${joiner}|${joiner}(?!\\u200d)${joiner}|\\u200d${joiner}`,
  'u',
);
/** Indented text has a few of them; a command behind more of them would be read without its end. */
const longBlank = /[\s\p{Z}]{4,}/u;
/** No script puts so many marks on a letter: they would lie over the text beside it. */
const manyMarks = /\p{M}{6,}/u;

/** Whether a person who reads a command sees the whole of it. */
export function isReadable(command: string): boolean {
  return ![blankLetter, unseen, strayJoiner, longBlank, manyMarks].some((pattern) => pattern.test(command));
}

/** A name has letters, digits and these; a sentence or a quotation mark would make a question say something else. */
const noName = /[^\p{L}\p{M}\p{N} ._+#/()…-]+/gu;
const longestName = 32;

/** The name that a program gives itself, as a question may show it; empty where nothing of it is left. */
export function programName(claimed: string): string {
  const plain = oneLine(claimed, 200)
    .replace(new RegExp(blankLetter, 'gu'), ' ')
    .replace(noName, ' ')
    .replace(/\p{M}{3,}/gu, '')
    .replace(/ {2,}/g, ' ');
  return oneLine(plain, longestName);
}

/** What closes or opens a quotation in some language. */
const quotes = /["\p{Pi}\p{Pf}\u201a\u201e\u300c-\u300f\u301d-\u301f\uff02`]/gu;

/** A name that a panel gave, fit to stand between quotation marks. */
export function quotedName(name: string, max: number): string {
  return oneLine(name, max)
    .replace(quotes, "'")
    .replace(/[\s\p{Z}]{2,}/gu, ' ');
}
