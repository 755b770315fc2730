/** Takes everything that looks like a key or a token out of what goes to the log: the one list. Pure. */
import type { LogFields } from './ports.js';

const removed = '[removed]';

const secrets: readonly RegExp[] = [
  // Keys of Pterodactyl, Pelican and their relatives: a short prefix, then the identifier and the secret.
  /\b(?:ptl[a-z]|pacc|plcn|pap[a-z]|peli|pelican)_[A-Za-z0-9_-]+/g,
  // JSON Web Tokens: websocket tokens are these (PROTOCOL 4.2).
  /\beyJ(?:[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*|[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)?)/g,
  /Bearer\s+\S+/gi,
  /\bBasic\s+[A-Za-z0-9._~+/=-]+/gi,
  /(["']?\b(?:api[_-]?key|key|token|secret|password|authorization)\b["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi,
  // Credentials in an address.
  /(\/\/)[^\s/@]+(?=@)/g,
];

/** Fields whose value is never written, whatever it looks like. */
const secretName = /(?:key|token|secret|password|authorization|cookie)$/i;

export function redactText(text: string): string {
  return secrets.reduce(
    (rest, pattern) =>
      rest.replace(pattern, (_match, kept: unknown) => (typeof kept === 'string' ? kept + removed : removed)),
    text,
  );
}

/**
 * A name that a panel or a node made up, as the log may keep it: a word, or how long it is. A key that comes back reversed or
 * encoded is no word, and no pattern would know it.
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
