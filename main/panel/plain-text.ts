/** Text from a panel is hostile: these make it fit for a sentence, a menu and the log. */
import { oneLine } from '../../bridge/plain-line.js';
import { redactText } from '../base/redact.js';

/** What a panel says, as it may stand quoted in a sentence of ours: one line, no markup, 200 characters. */
export function saidIn(detail: string): string {
  return oneLine(detail.slice(0, 2000).replace(/<[^>]*>/g, ' '), 200)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/\s+/g, ' ')
    .replace(/[“”]/g, "'")
    .trim();
}

/** A raw answer as the log may keep it: bounded, one line, without keys and tokens. */
export function forLog(raw: string): string {
  return oneLine(redactText(raw.slice(0, 4000)), 1000);
}
