/** Finds secrets by the text around them, such as `--token=x`, `"password": "x"`, `?key=x` and `://user:x@`. */
import { isSecretName } from './secret-names.js';

/** Common values that are no secret even if the name beside them looks like one: `STEAM_AUTH=true`. */
const ordinary = /^(?:true|false|none|null|yes|no|on|off)$/i;
/** Placeholders in a start command, such as `{{TOKEN}}`, `${TOKEN}` and `[hidden]`, and values that are hidden already. */
const placeholder = /^(?:\{\{.*\}\}|\$\{?[A-Z_][A-Z0-9_]*\}?|\[hidden\]|\*\*\*)$/;

const name = '[-+]{0,2}[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*';
const value = '\\\\"[^"]*"|"(?:[^"\\\\]|\\\\.)*"|\'[^\']*\'|["\'].*$|[^\\s&"\']+';
const nameAndValue = [
  // `token=x`, `?token=x`, `"token": "x"`.
  new RegExp(`(?<![\\p{L}\\p{N}_.-])(${name})(\\s?=\\s?|\\\\?["']\\s{0,4}:\\s{0,4})(${value})`, 'gsu'),
  // `--token x`, `+rcon_password x`.
  new RegExp(`(?<![^\\s"'])((?=[-+])${name})(\\s{1,4})(?![-+])(${value})`, 'gsu'),
];
/** Secrets after a text without a name: a password in an address, a Discord webhook, an HTTP header. */
const valueAfter = [
  /(:\/\/[^\s/:]{0,200}:)(\S{1,500})(?=@)/gu,
  /(https?:\/\/)([^\s/:@]{1,500})(?=@)/giu,
  /(\/webhooks\/\d+\/)([\w-]+)/giu,
  /((?<!\p{L})Bearer |Authorization: \w+ )(\S+)/giu,
];
/** Keys that their form gives away: of panels, GitHub and others, JSON web tokens, tokens of Discord and Telegram. */
const knownKeys = [
  /(?<![\p{L}\p{N}_])()((?:pt(?:lc|la)_|p(?:acc|app|eli)_|gh[pousr]_|github_pat_|glpat-|npm_|xox[abpr]-|A(?:KIA|SIA|Iza)|sk_live_|tskey-|eyJ)[\w.-]{16,})/gu,
  /(?<![\w.-])()([MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,})/gu,
  /(?<![\p{L}\p{N}_])()(\d{8,10}:AA[\w-]{33})/gu,
];

/** The secrets in a text, without quotation marks. */
export function secretsIn(text: string): string[] {
  const found: string[] = [];
  replaceSecrets(text, (secret) => found.push(secret));
  return found;
}

/** Where the secrets of a text are, without quotation marks; they may overlap. */
export function secretRanges(text: string): Range[] {
  const named = nameAndValue.flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(([, label = '']) => isSecretName(label))
      .map((match) => rangeOf(match, 2)),
  );
  const known = [...valueAfter, ...knownKeys].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => rangeOf(match, 1)),
  );
  return [...named, ...known].filter(
    ({ from, to }) => !isPlain(text.slice(from, to).replace(/[,;)\]]+$/, '')),
  );
}

/** Part of a text: from the first character to the character after the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The value of a match: the text after its first groups. */
function rangeOf(match: RegExpExecArray, before: 1 | 2): Range {
  const start = match.slice(1, before + 1).join('').length;
  const quoted = match[before + 1] ?? '';
  const from = match.index + start + quoted.indexOf(unquoted(quoted));
  return { from, to: from + unquoted(quoted).length };
}

/** True for a value that is no secret: an ordinary one, a placeholder, or a switch. */
function isPlain(secret: string): boolean {
  return isOrdinary(secret) || placeholder.test(secret) || /^[01]$/.test(secret);
}

/** The text with `***` instead of each secret. */
export function withoutSecretTexts(text: string): string {
  return replaceSecrets(text, () => undefined);
}

/** True for a value that is no secret, whatever its name. */
export function isOrdinary(text: string): boolean {
  return text === '' || ordinary.test(text);
}

/** The text without quotation marks around it. */
export function unquoted(text: string): string {
  return /^\\?(["'])(.*?)\\?\1$/s.exec(text)?.[2] ?? text;
}

function replaceSecrets(text: string, tell: (secret: string) => void): string {
  const hide = (whole: string, before: string, quoted: string): string => {
    const secret = unquoted(quoted);
    if (isPlain(secret)) return whole;
    tell(secret);
    return `${before}${quoted.replace(secret, () => '***')}`;
  };
  const named = nameAndValue.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (whole: string, label: string, between: string, quoted: string) =>
        isSecretName(label) ? hide(whole, label + between, quoted) : whole,
      ),
    text,
  );
  return [...valueAfter, ...knownKeys].reduce((rest, pattern) => rest.replace(pattern, hide), named);
}
