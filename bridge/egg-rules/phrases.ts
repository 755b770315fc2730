/** The pieces that hints and messages share. What comes from an egg is made fit for a line first. */
import { oneLine } from '../plain-line.js';
import type { PreparedRule } from './rule-set.js';

const longestWord = 40;
const listedWords = 5;
const longestPattern = 48;

export const quote = (text: string): string => oneLine(text, longestWord);

/** "a, b or c"; a long list ends with the number of the others. */
export function listOf(words: readonly string[]): string {
  const shown = [...new Set(words)].filter((word) => word !== '').map(quote);
  const last = shown.at(-1);
  if (last === undefined) return 'empty';
  if (shown.length > listedWords + 1) {
    return `${shown.slice(0, listedWords).join(', ')} or ${String(shown.length - listedWords)} others`;
  }
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} or ${last}`;
}

export const counted = (count: string, unit: string): string =>
  `${count} ${count === '1' ? unit.replace(/s$/, '') : unit}`;

/** What each of these rules makes of a text. */
export const kinds: Readonly<Record<string, string>> = {
  alpha: 'letters only',
  alpha_num: 'letters and digits only',
  alpha_dash: 'letters, digits, - and _ only',
  url: 'web address with its scheme, such as https://',
  ip: 'IP address',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  mac_address: 'MAC address',
  email: 'email address',
  uuid: 'UUID',
  ulid: 'ULID',
  json: 'JSON',
  date: 'date',
  timezone: 'time zone, such as Europe/Berlin',
  hex_color: 'colour, such as #ff8800',
  lowercase: 'lower case',
  uppercase: 'upper case',
  ascii: 'plain ASCII characters',
};

/** The pattern for a sentence; empty where it is too long to say anything to a person. */
export function patternOf({ parameters }: PreparedRule): string {
  const written = oneLine((parameters[0] ?? '').trim(), 1000);
  return written.length > longestPattern ? '' : written;
}
