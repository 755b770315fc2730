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
/** Keys of panels, GitHub and Slack, and JSON web tokens. */
const knownKey =
  /(?<![\p{L}\p{N}_])()((?:pt(?:lc|la)_|p(?:acc|app|eli)_|gh[pousr]_|github_pat_|xox[abpr]-|eyJ)[\w.-]{16,})/gu;

/** The secrets in a text, without quotation marks. */
export function secretsIn(text: string): string[] {
  const found: string[] = [];
  replaceSecrets(text, (secret) => found.push(secret));
  return found;
}

/** The text with `***` in place of each secret. */
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
    if (isOrdinary(secret) || placeholder.test(secret) || /^[01]$/.test(secret)) return whole;
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
  return [...valueAfter, knownKey].reduce((rest, pattern) => rest.replace(pattern, hide), named);
}
