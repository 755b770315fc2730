/** Text from a panel is hostile: these make it fit for a sentence, a menu and the log. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { wordForLog } from '../base/redact.js';

/** What a panel says, as it may stand quoted in a sentence of ours: one line, no markup, 200 characters. */
export function saidIn(detail: string): string {
  return oneLine(detail.slice(0, 2000).replace(/<[^>]*>/g, ' '), 200)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/\s+/g, ' ')
    .replace(/[“”]/g, "'")
    .trim();
}

/** Where in an answer something is wrong: the fields of a panel are words, and what it made up is not. */
export function placeForLog(path: readonly PropertyKey[]): string {
  return path.map((part) => (typeof part === 'number' ? part : wordForLog(String(part)))).join('.');
}
