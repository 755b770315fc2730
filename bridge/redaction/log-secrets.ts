/** Finds secrets in a line of a log: those that `secret-texts.ts` knows, and values behind words such as "password". Pure. */
import { isOrdinary, secretRanges, type Range } from './secret-texts.js';

const word =
  /(?<!\p{L})(?:[\p{L}]{0,20}(?:passwo?r?d|passphrase|passwort|pwd)|secret|token|credentials?|webhook|(?:api|access|private|secret|license)?[ _-]?key|auth(?:entication|orization)? ?code|session ?(?:id)?|cookie)(?!\p{L})["']?/giu;
/** Words whose value is a secret even if the value looks like a word. */
const strong = /pass|pwd|secret|token|credential|api|access|private|license|webhook/i;
const separated = /\s{0,3}(?:[:=]|is:?(?=\s)|was(?=\s)|set to(?=\s))\s{0,3}/y;
const spaced = /\s{1,3}/y;
const quotedValue = /["'`[(<]{0,2}([^\s"'`,;\])>]{1,4000})/y;
/** Words of sentences about passwords and tokens. */
const noValue =
  /^(?:is|was|not|no|in|of|for|from|to|with|and|or|the|a|an|are|has|have|been|set|new|wrong|invalid|incorrect|missing|empty|required|enabled|disabled|expired|valid|unknown|changed|accepted|rejected|null|undefined|[\d.]{1,3}|\W*)$/i;
const looksRandom = /^(?=[\w+/=.~-]{16,}$)(?=.*\d)(?=.*[a-z]).*$/i;
const privateKeyLine =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:(?!-----END).){0,8000}(?:-----END [A-Z ]{0,30}-----)?/g;

/** Secrets of a line. */
export function logSecretsIn(line: string): Range[] {
  const keys = [...line.matchAll(privateKeyLine)].map(({ index, 0: text }) => ({
    from: index,
    to: index + text.length,
  }));
  return [...secretRanges(line), ...keys, ...afterWords(line)];
}

function afterWords(line: string): Range[] {
  return [...line.matchAll(word)].flatMap(({ index, 0: text }) => {
    const end = index + text.length;
    const behind = after(separated, line, end);
    // `--db-token x`
    const isOption = /(?<![\p{L}\p{N}])[-+]{1,2}[\w-]{0,40}$/u.test(
      line.slice(Math.max(0, index - 42), index),
    );
    const isSeparated = behind !== null || isOption;
    const start = behind ?? after(spaced, line, end);
    const value = start === null ? null : valueAt(line, start);
    if (value === null) return [];
    const secret = line.slice(value.from, value.to);
    if (isOrdinary(secret) || noValue.test(secret)) return [];
    return looksRandom.test(secret) || (isSeparated && strong.test(text)) ? [value] : [];
  });
}

/** Where the text after a separator begins; null without a separator. */
function after(pattern: RegExp, line: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : null;
}

function valueAt(line: string, at: number): Range | null {
  quotedValue.lastIndex = at;
  const value = quotedValue.exec(line)?.[1];
  return value === undefined
    ? null
    : { from: quotedValue.lastIndex - value.length, to: quotedValue.lastIndex };
}
