/** Formats of Laravel's rules `url`, `email`, `date` and `timezone`. */

const schemes =
  'aaa aaas about acap acct acr adiumxtra afp afs aim apt attachment aw barion beshare bitcoin blob bolo callto cap ' +
  'chrome cid coap coaps content crid cvs dat data dav dict dns doi file finger fish ftp ftps geo git go gopher ' +
  'h323 ham hcp http https iax icap im imap info ipfs ipn ipp ipps irc irc6 ircs iris jabber jar jms keyparc ldap ' +
  'ldaps magnet mailserver mailto maps market message mid mms modem mongodb ms-help msnim mumble mvn news nfs ni ' +
  'nih nntp notes oid openid paparazzi pkcs11 platform pop pres proxy psyc query redis rediss reload res resource ' +
  'rmi rsync rtmfp rtmp rtsp rtsps s3 secondlife service session sftp sgn shttp sieve sip sips skype smb sms smtp ' +
  'snews snmp soap spotify ssh steam stun stuns submit svn tag teamspeak tel teliaeid telnet tftp things thread ' +
  'tip tn3270 tool turn turns tv udp unreal urn ut2004 v-event vemmi ventrilo videotex view-source vnc wais webcal ' +
  'ws wss wtai wyciwyg xcon xfire xmlrpc xmpp xri ymsgr';

const url = new RegExp(
  [
    `^(?:${schemes.replaceAll(' ', '|')})://`,
    String.raw`(?:(?:[_.\p{L}\p{N}-]|%[0-9A-Fa-f]{2})+:?(?:[_.:!$&'()*+,;=\p{L}\p{N}-]|%[0-9A-Fa-f]{2})*@)?`,
    String.raw`(?:(?:[\p{L}\p{N}\p{S}\-_.])+(?:\.?(?:[\p{L}\p{N}]|xn--[\p{L}\p{N}-]+)+\.?)`,
    String.raw`|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[[0-9a-f:.]*:[0-9a-f:.]*\])`,
    String.raw`(?::[0-9]+)?`,
    String.raw`(?:/(?:[\p{L}\p{N}\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)*`,
    String.raw`(?:\?(?:[\p{L}\p{N}\-._~!$&'\[\]()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?`,
    String.raw`(?:#(?:[\p{L}\p{N}\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?$`,
  ].join(''),
  'iu',
);

/** PHP's `trim`: only ASCII white space and NUL. */
export function phpTrim(text: string): string {
  // eslint-disable-next-line no-control-regex -- PHP's own list
  return text.replace(/^[ \t\n\r\0\x0b]+|[ \t\n\r\0\x0b]+$/g, '');
}

export function isUrl(text: string): boolean {
  return url.test(text);
}

/** By the RFC, so a domain needs no dot. Quoted local parts are not supported. */
export function isEmail(text: string): boolean {
  const parts = /^([^@\s]{1,64})@([^@\s]+)$/.exec(text);
  if (!parts) return false;
  const atom = /^[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
  const domain =
    /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?)*$/u;
  return atom.test(parts[1] ?? '') && domain.test(parts[2] ?? '');
}

/** A calendar date in a common notation, with or without a time. */
export function isDate(text: string): boolean {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(text);
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: .*)?$/.exec(text);
  const [year, month, day] = iso
    ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
    : american
      ? [Number(american[3]), Number(american[1]), Number(american[2])]
      : [null, null, null];
  if (year === null) return /[a-z]{3}.*\d|\d.*[a-z]{3}/i.test(text) && !Number.isNaN(Date.parse(text));
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function isTimezone(text: string): boolean {
  return text === 'UTC' || Intl.supportedValuesOf('timeZone').includes(text);
}
