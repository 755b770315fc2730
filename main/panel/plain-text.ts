/** Cleans text from a panel for messages, menus and the log, because such text is hostile. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { wordForLog } from '../base/redact.js';

/** Text from a panel for quoting in a message: one line, no markup, at most 200 characters. */
export function saidIn(detail: string): string {
  return oneLine(detail.slice(0, 2000).replace(/<[^>]*>/g, ' '), 200)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/\s+/g, ' ')
    .replace(/[“”]/g, "'")
    .trim();
}

/** Path of a parse error for the log. Known field names stay; other keys could hold anything and are replaced. */
export function placeForLog(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? part : wordForLog(String(part)))).join('.');
}
