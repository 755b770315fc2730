/** Kinds of hosts, by their text alone: a name may lead anywhere. Windows import this file. */

/** Addresses that mean "every address of this computer". */
const anyAddress = /^(?:0\.0\.0\.0|::|\*)?$/;
const loopback = /^(?:(?:.+\.)?localhost\.?|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;
/** Networks of homes, companies and containers (RFC 1918, RFC 4193, RFC 6598). */
const privateAddress =
  /^\[?(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][0-9a-f]{2}:)/i;

export function isAnyAddress(host: string): boolean {
  return anyAddress.test(host);
}

export function isLoopbackHost(host: string): boolean {
  return loopback.test(host);
}

export function isPrivateAddress(host: string): boolean {
  return privateAddress.test(host);
}

/** Neither this computer nor an address of a private network. True for names, wherever they lead. */
export function isPublicHost(host: string): boolean {
  return !isAnyAddress(host) && !isLoopbackHost(host) && !isPrivateAddress(host);
}
