/**
 * Finds secrets in a line of a log: those that `secret-texts.ts` knows, and values behind words such as "password".
 * Pure.
 */
import { commandSecretsIn } from './command-secrets.js';
import { privateKeyPartsIn } from './private-key-parts.js';
import { isOrdinary, secretRanges, type Range } from './secret-texts.js';

const word =
  /(?<!\p{L})(?:[\p{L}]{0,20}(?:passwo?r?d|passphrase|passwort|pwd)|secret|token|credentials?|webhook|(?:api|access|private|secret|license)?[ _-]?key|auth(?:entication|orization)? ?code|session ?(?:id)?|cookie|setsteamaccount)(?!\p{L})["']?/giu;
/** Words whose value is a secret even if the value looks like a word. */
const strong = /pass|pwd|secret|token|credential|api|access|private|license|webhook|steam/i;
const sign =
  '\\s{0,3}(?:[:=]>?|->(?!\\w{1,40}\\()|(?:(?:is|was|is now|has been) )?(?:set|changed|updated|reset) to(?=\\s)|is:?(?: now)?(?=\\s)|was(?=\\s))\\s{0,3}';
const separated = new RegExp(sign, 'y');
/** `password for admin: x` */
const ofSomebody = new RegExp(`\\s(?:for|of)\\s[^\\s:=]{1,40}(?:\\s[^\\s:=]{1,40})?${sign}`, 'y');
/** `rcon_password "x"` */
const beforeQuote = /\s{1,3}(?=["'`])/y;
/** `"password","x"` */
const inList = /,\s{0,3}(?=["'`])/y;
/** `Setting the password to x` */
const toValue = /\s{1,3}to\s{1,3}/y;
const spaced = /\s{1,3}/y;
/** Words before "to" whose sentence names the value; "set a password to join" does not. */
const isSetting = /(?<!\p{L})(?:setting|changing|changed|updating|updated|resetting)\s.{0,40}$/iu;
/** Complaints: a reason follows, and no secret. */
const complaint = /(?<!\p{L})(?:wrong|invalid|incorrect|bad|missing|no)\s$/iu;
/** Complaints of parsers, which call any word a token. */
const ofParser = /(?<!\p{L})(?:unexpected|illegal|expected)\s$/iu;
const wholeQuote = /(["'`])([^"'`]{1,200})\1/y;
const quotedValue = /["'`[(<]{0,2}([^\s"'`,;\])>]{1,4000})/y;
/** Words of sentences about passwords and tokens. */
const noValue =
  /^(?:is|was|not|no|in|of|for|from|to|with|and|or|the|a|an|are|has|have|been|set|new|wrong|invalid|incorrect|missing|empty|required|enabled|disabled|expired|valid|unknown|changed|accepted|rejected|null|undefined|[\d.]{1,3}|\W*)$/i;
/** Names of other columns or fields beside "password". */
const fieldName =
  /^(?:names?|e-?mail|user(?:[ _]?name)?|host(?:name)?|port|database|db|url|id|uuid|type|key|token|secret|password|salt|hash|login|ip|address|(?:last|reg|created|updated)\w*|world)$/i;
/** Words after "PASSWORD" that continue a sentence. */
const goesOn =
  /^(?:failed|mismatch|match(?:es)?|protect(?:ed|ion)|reset|hash(?:ed|ing)?|check|error|prompt|ok|now|please|do(?:es)?|must|should|can(?:not)?|will|too|already|only|again)$/i;
/** A word with letters and digits, but no name of an algorithm. */
const isMixed = /^(?!(?:sha|md|bcrypt|argon|utf|base|pbkdf|oauth|v)-?\d)(?=.*\d)(?=.*[a-z])[^.:/()]{6,}$/i;
const looksRandom = /^(?=[\w+/=.~-]{16,}$)(?=.*\d)(?=.*[a-z]).*$/i;

/** Secrets of a line. */
export function logSecretsIn(line: string): Range[] {
  return [...secretRanges(line), ...privateKeyPartsIn(line), ...commandSecretsIn(line), ...afterWords(line)];
}

function afterWords(line: string): Range[] {
  return [...line.matchAll(word)].flatMap(({ index, 0: text }) => {
    const before = line.slice(Math.max(0, index - 60), index);
    const place = placeAfter(line, text, before, index + text.length);
    const value = place === null ? null : valueAt(line, place.start);
    if (place === null || value === null) return [];
    const secret = line.slice(value.from, value.to);
    if (isOrdinary(secret) || noValue.test(secret)) return [];
    if (looksRandom.test(secret)) return [value];
    const isAtEnd = /^["'`.!)\]]{0,3}\s*$/.test(line.slice(value.to, value.to + 40));
    return strong.test(text) && place.isSecret(secret, isAtEnd) ? [value] : [];
  });
}

/** Places of values, and which of these values are secrets. */
interface Place {
  readonly start: number;
  isSecret(secret: string, isAtEnd: boolean): boolean;
}

/** The place behind a word that ends at `end`; `before` = the text before the word. */
function placeAfter(line: string, text: string, before: string, end: number): Place | null {
  const isPassword = /pass|pwd/i.test(text);
  const start = after(separated, line, end);
  if (start !== null) return { start, isSecret: () => true };
  const quoted = ofParser.test(before) ? null : after(beforeQuote, line, end);
  if (quoted !== null) return { start: quoted, isSecret: (secret) => isPassword || isMixed.test(secret) };
  const named = after(ofSomebody, line, end);
  const isNamed = isPassword && !complaint.test(before);
  if (named !== null) return { start: named, isSecret: (secret) => isNamed || isMixed.test(secret) };
  const listed = after(inList, line, end);
  if (listed !== null) return { start: listed, isSecret: (secret) => !fieldName.test(secret) };
  const to = after(toValue, line, end);
  return to === null ? afterBlank(line, text, before, end) : toPlace(line, before, to);
}

function toPlace(line: string, before: string, start: number): Place {
  const isQuoted = /["'`]/.test(line.charAt(start));
  const isSet = isSetting.test(before);
  return {
    start,
    isSecret: (secret, isAtEnd) => isQuoted || (isSet && isAtEnd) || isMixed.test(secret),
  };
}

function afterBlank(line: string, text: string, before: string, end: number): Place | null {
  const start = after(spaced, line, end);
  if (start === null) return null;
  // `--db-token x`
  const isOption = /(?<![\p{L}\p{N}])[-+]{1,2}[\w-]{0,40}$/u.test(before);
  const isPassword = /pass|pwd/i.test(text);
  const isLoud = text === text.toUpperCase();
  return {
    start,
    isSecret: (secret, isAtEnd) =>
      isOption || (isPassword && (isMixed.test(secret) || (isLoud && isAtEnd && !goesOn.test(secret)))),
  };
}

/** Where the text after a separator begins; null without a separator. */
function after(pattern: RegExp, line: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(line) ? pattern.lastIndex : null;
}

function valueAt(line: string, at: number): Range | null {
  wholeQuote.lastIndex = at;
  const quoted = wholeQuote.exec(line)?.[2];
  if (quoted !== undefined) return { from: at + 1, to: at + 1 + quoted.length };
  quotedValue.lastIndex = at;
  const value = quotedValue.exec(line)?.[1];
  return value === undefined
    ? null
    : { from: quotedValue.lastIndex - value.length, to: quotedValue.lastIndex };
}
