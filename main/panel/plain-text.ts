/** Cleans text from a panel for messages, menus and the log, because such text is hostile. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { redactText, wordForLog } from '../base/redact.js';

/** Text from a panel for quoting in a message: one line, no markup, nothing like a key, at most 200 characters. */
export function saidIn(detail: string): string {
  return oneLine(redactText(detail.slice(0, 2000)).replace(/<[^>]*>/g, ' '), 200)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/\s+/g, ' ')
    .replace(/[“”]/g, "'")
    .trim();
}

/**
 * Text without words that may be a password of a database (24 random characters) or a part of a key (16 at least): long
 * ones of ASCII with a figure or a capital inside. Words of languages stay, and so do addresses and paths.
 */
export function withoutSecretWords(text: string): string {
  return text.replace(/[!-.0-9;-~]{16,}/g, (word) => (/.[A-Z\d]/.test(word) ? '***' : word));
}

/** Path of a parse error for the log. Known field names stay; other keys could hold anything and are replaced. */
export function placeForLog(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? part : wordForLog(String(part)))).join('.');
}
