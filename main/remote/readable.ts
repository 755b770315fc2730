/** Checks of text from programs before Perch's questions show it: commands must be fully readable, and names plain. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { say } from '../../messages/messages.js';

/** Letters that look blank, from Hangul, Braille, musical notation and hieroglyphs. */
const blankLetter = /\u115f|\u1160|\u2800|\u3164|\uffa0|\u{1d159}|\u{13441}|\u{13442}|\u{16fe4}/u;
/** Joiners and variation selectors. They are invisible on their own. */
const joiner = '(?:\\u200c|\\u200d|\\ufe0e|\\ufe0f)';
/** Invisible characters, and characters that change the direction of text. */
const unseen = new RegExp(
  `(?!${joiner})[\\p{Default_Ignorable_Code_Point}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}]`,
  'u',
);
/** A joiner without a visible character before it. A zero-width joiner may follow a variation selector. */
const strayJoiner = new RegExp(
  `(?:^|[\\s\\p{Z}])${joiner}|${joiner}(?!\\u200d)${joiner}|\\u200d${joiner}`,
  'u',
);
/** A long run of blanks. It could push the end of a command out of sight; indented text has fewer blanks. */
const longBlank = /[\s\p{Z}]{4,}/u;
/** Too many marks on one letter. They would cover the text beside it; no script needs that many. */
const manyMarks = /\p{M}{6,}/u;

/** True if a user who reads the command sees all of it. */
export function isReadable(command: string): boolean {
  return ![blankLetter, unseen, strayJoiner, longBlank, manyMarks].some((pattern) => pattern.test(command));
}

/** Characters outside a plain name. Quotation marks or punctuation could change the meaning of a question. */
const noName = /[^\p{L}\p{M}\p{N} ._+#/()…-]+/gu;
const longestName = 32;

/** A program's own name, cleaned for a question; empty if no usable character is left. */
export function programName(claimed: string): string {
  const plain = oneLine(claimed, 200)
    .replace(new RegExp(blankLetter, 'gu'), ' ')
    .replace(noName, ' ')
    .replace(/\p{M}{3,}/gu, '')
    .replace(/ {2,}/g, ' ');
  return oneLine(plain, longestName);
}

/** A program's name in questions, events and the log. */
export function shownClient(claimed: string): string {
  return programName(claimed) || say('remote.unnamed-program');
}

/** Quotation marks of all languages. */
const quotes = /["\p{Pi}\p{Pf}\u201a\u201e\u300c-\u300f\u301d-\u301f\uff02`]/gu;

/** A panel's name for a server, made safe to stand between quotation marks. */
export function quotedName(name: string, max: number): string {
  return oneLine(name, max)
    .replace(quotes, "'")
    .replace(/[\s\p{Z}]{2,}/gu, ' ');
}
