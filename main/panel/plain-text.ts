/** Text from a panel is hostile: these make it fit for a sentence, a menu and the log. */

import { oneLine } from '../../bridge/plain-line.js';

export { oneLine };

/** What a panel says, in quotation marks inside a sentence of ours: one line, no markup, 200 characters. */
export function quoted(detail: string): string {
  const words = oneLine(detail.slice(0, 2000).replace(/<[^>]*>/g, ' '), 200)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/\s+/g, ' ')
    .replace(/[“”]/g, "'")
    .trim();
  return `“${words}”`;
}

const secrets = [
  /\beyJ[\w-]*\.[\w-]*\.[\w-]*/g,
  /\b(?:ptlc|ptla|pacc|papp|plcn|peli)_[A-Za-z0-9]+/g,
  /(?<=Bearer\s+)\S+/gi,
];

/** A raw answer as the log may keep it: bounded, one line, without keys and tokens. */
export function forLog(raw: string): string {
  const bounded = raw.slice(0, 4000);
  return oneLine(
    secrets.reduce((text, secret) => text.replace(secret, '[secret]'), bounded),
    1000,
  );
}
