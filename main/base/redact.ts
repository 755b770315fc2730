/** Removes all text that looks like a key or a token from the log. This is the only list of patterns. Pure. */
import type { LogFields } from './ports.js';

const removed = '[removed]';

const secrets: readonly RegExp[] = [
  // Keys of Pterodactyl, Pelican and related panels: a short prefix, then identifier and secret.
  /\b(?:ptl[a-z]|pacc|plcn|pap[a-z]|peli|pelican)_[A-Za-z0-9_-]+/g,
  // JSON Web Tokens, such as websocket tokens (PROTOCOL 4.2).
  /\beyJ(?:[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*|[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?)/g,
  /Bearer\s+\S+/gi,
  /\bBasic\s+[A-Za-z0-9._~+/=-]+/gi,
  ...namedSecrets(),
  // A statement that a panel in debug mode quotes: `CREATE USER … IDENTIFIED BY 'PASSWORD'`.
  /(\bidentified\s+(?:with\s+\S+\s+)?(?:by|as)\s+(?:password\s+)?\\*["'])[^"'\\]+/gi,
  // Credentials in an address.
  /(\/\/)[^\s/]+(?=@)/g,
];

/**
 * `password: VALUE`, `"current_password":"VALUE WITH SPACES"`, `apiKey='VALUE'`, and the same inside of a JSON text, where
 * backslashes precede the quotation marks. The whole value goes, also if its end is cut off.
 */
function namedSecrets(): RegExp[] {
  // Without the beginning of the name and the mark before it, so that a long word costs no time at each of its letters.
  const name = String.raw`(?:password|passphrase|secret|token|authorization|cookie)[\w-]{0,20}|(?:\b|_|api|access|private)key\b`;
  const before = String.raw`((?:${name})\\{0,8}["']?\s{0,8}[:=]\s{0,8})`;
  const values = [
    String.raw`"(?:[^"\\]|\\[\s\S])*"?`,
    String.raw`'(?:[^'\\]|\\[\s\S])*'?`,
    // As many backslashes as `before` allows. Without the limit, a long row of backslashes takes quadratic time.
    String.raw`\\{1,8}"(?:(?!\\{1,8}")[\s\S])*(?:\\{1,8}")?`,
    String.raw`[^\s"',;&}\\]+`,
  ];
  return values.map((value) => new RegExp(before + value, 'gi'));
}

/** Names of fields whose value is always removed. */
const secretName = /(?:key|token|secret|password|authorization|cookie)$/i;

export function redactText(text: string): string {
  return secrets.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (_match, kept: unknown) => (typeof kept === 'string' ? kept + removed : removed)),
    text,
  );
}

/**
 * A name from a panel or a node for the log: the name if it is a plain word, otherwise only its length. A reversed or
 * encoded key matches no pattern, but is no plain word either.
 */
export function wordForLog(name: string): string {
  return /^[a-z][a-z _.-]{0,39}$/i.test(name) ? redactText(name) : `[${name.length} letters]`;
}

export function redactFields(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]): [string, LogFields[string]] => {
      if (typeof value === 'string') return [name, secretName.test(name) ? removed : redactText(value)];
      return [name, value];
    }),
  );
}
