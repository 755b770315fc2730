/** Laravel's named formats (`url`, `email`, `ip`, …), each checked in one pass over the value. */

export type CheckOutcome = 'pass' | 'fail' | 'unknown' | 'broken';

export const outcome = (passes: boolean): CheckOutcome => (passes ? 'pass' : 'fail');

/** Schemes that every version of Laravel accepts. Laravel accepts some hundred more. */
const schemes = new Set(
  `about data dns example feed file ftp geo git gopher http https im imap info irc ircs jabber ldap ldaps magnet
  mailto mongodb nfs redis rtmp rtsp sftp sip sips smb sms snmp ssh svn tel telnet udp urn ws wss xmpp`.split(
    /\s+/,
  ),
);
/** Schemes that eggs and users try and that Laravel rejects. */
const strangers = new Set(['foo', 'javascript', 'tcp', 'mysql', 'mariadb', 'postgres', 'jdbc', 'docker']);

/** Longer URLs get the outcome `unknown`. */
const longestUrl = 2000;

const hostCharacters = /^[\p{L}\p{N}\p{S}\-_.]+$/u;
const hostEnd = /(?:[\p{L}\p{N}]|xn--[\p{L}\p{N}-]+)\.?$/u;
const credentials = /^(?:(?:[_.\p{L}\p{N}-]|%[0-9a-f]{2})+:)?(?:[_.\p{L}\p{N}-]|%[0-9a-f]{2})+@/iu;
const path = /^(?:[\p{L}\p{N}\-._~!$&'()*+,;=:@/]|%[0-9a-f]{2})*$/iu;
const query = /^(?:[\p{L}\p{N}\-._~!$&'[\]()*+,;=:@/?]|%[0-9a-f]{2})*$/iu;
const fragment = /^(?:[\p{L}\p{N}\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*$/iu;

function isHost(text: string): boolean {
  if (text.startsWith('[')) return text.endsWith(']') && isIpv6(text.slice(1, -1));
  return text.length > 1 && hostCharacters.test(text) && hostEnd.test(text) && !/^.\.$/u.test(text);
}

/** Judges a URL as the rule `url` does: scheme, host, and only allowed characters in the rest. */
export function judgeUrl(value: string, allowed: readonly string[]): CheckOutcome {
  const head = /^([a-z][a-z0-9+.-]*):\/\//i.exec(value);
  if (head === null) return 'fail';
  if (value.length > longestUrl) return 'unknown';
  const scheme = (head[1] ?? '').toLowerCase();
  const [beforeFragment, ...fragments] = value.slice(head[0].length).split('#');
  const [beforeQuery = '', ...queries] = (beforeFragment ?? '').split('?');
  const slash = beforeQuery.indexOf('/');
  const authority = slash < 0 ? beforeQuery : beforeQuery.slice(0, slash);
  const host = authority.replace(credentials, '').replace(/:[0-9]+$/, '');
  const fits =
    isHost(host) &&
    path.test(slash < 0 ? '' : beforeQuery.slice(slash)) &&
    query.test(queries.join('?')) &&
    fragment.test(fragments.join('#'));
  return fits ? judgeScheme(scheme, allowed) : 'fail';
}

function judgeScheme(scheme: string, allowed: readonly string[]): CheckOutcome {
  if (allowed.length > 0) return allowed.includes(scheme) ? 'pass' : 'unknown';
  if (schemes.has(scheme)) return 'pass';
  return strangers.has(scheme) ? 'fail' : 'unknown';
}

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

export const isIpv4 = (value: string): boolean => ipv4.test(value);

export function isIpv6(value: string): boolean {
  const halves = value.split('::');
  if (halves.length > 2 || value.length > 45) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  const embedded = groups.at(-1)?.includes('.') === true && !value.endsWith(':');
  const plain = embedded ? groups.slice(0, -1) : groups;
  if (embedded && !isIpv4(groups.at(-1) ?? '')) return false;
  if (!plain.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false;
  const count = plain.length + (embedded ? 2 : 0);
  return halves.length === 2 ? count <= 7 : count === 8;
}

const plainEmail =
  /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;

/** Sure only for plain addresses and texts without an @; quoted parts, comments and the like are `unknown`. */
export function judgeEmail(value: string, checks: readonly string[]): CheckOutcome {
  if (!/.@./su.test(value)) return 'fail';
  const isSure = checks.every((check) => check === 'rfc') && value.length <= 64 && !value.includes('--');
  return isSure && plainEmail.test(value) ? 'pass' : 'unknown';
}

export function judgeJson(value: string): CheckOutcome {
  // PHP accepts literals in any case and refuses some escapes and depths that JavaScript accepts.
  if (/\\u(?:d[89a-f]|0000)/i.test(value) || value.length > 20_000) return 'unknown';
  try {
    JSON.parse(value);
    return /[[{]{100}/.test(value) ? 'unknown' : 'pass';
  } catch {
    return /true|false|null/i.test(value) ? 'unknown' : 'fail';
  }
}

/** Sure only for ISO days (2026-01-31); PHP understands far more formats. */
export function judgeDate(value: string): CheckOutcome {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (parts === null) return 'unknown';
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days && year > 0 ? 'pass' : 'fail';
}

const ascii = (parameters: readonly string[]): boolean => parameters.includes('ascii');

export const isAlpha = (value: string, parameters: readonly string[]): boolean =>
  (ascii(parameters) ? /^[A-Za-z]+$/ : /^[\p{L}\p{M}]+$/u).test(value);
export const isAlphaNum = (value: string, parameters: readonly string[]): boolean =>
  (ascii(parameters) ? /^[A-Za-z0-9]+$/ : /^[\p{L}\p{M}\p{N}]+$/u).test(value);
export const isAlphaDash = (value: string, parameters: readonly string[]): boolean =>
  (ascii(parameters) ? /^[A-Za-z0-9_-]+$/ : /^[\p{L}\p{M}\p{N}_-]+$/u).test(value);

export const isUuid = (value: string): boolean => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value);
export const isUlid = (value: string): boolean => /^[0-7][0-9a-hjkmnp-tv-z]{25}$/i.test(value);
export const isHexColor = (value: string): boolean =>
  /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(value);
export const isMacAddress = (value: string): boolean =>
  /^(?:[\da-f]{2}(?:-[\da-f]{2}){5}|[\da-f]{2}(?::[\da-f]{2}){5}|[\da-f]{4}(?:\.[\da-f]{4}){2})$/i.test(
    value,
  );
