/** Hosts that are reached without a proxy, in the words that systems and browsers have for them. */
import { BlockList, isIP } from 'node:net';

/** Whatever a person has entered: a proxy elsewhere can't reach this computer for us. */
const loopback = ['localhost', '*.localhost', '127.0.0.0/8', '::1'];

/**
 * Whether one of `exceptions` is about this host: `panel.example.com`, `*.example.com`, `.example.com` (the same, and
 * `example.com` itself), `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`, `<local>` for names without a dot; each may end in a
 * port. Loopback always is one. `host` = as in an address, IPv6 in brackets.
 */
export function isExcepted({ hostname, port }: URL, exceptions: readonly string[]): boolean {
  const host = bare(hostname.toLowerCase());
  return [...loopback, ...exceptions].some((entry) => isAbout(entry.trim().toLowerCase(), host, port));
}

function isAbout(entry: string, host: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '<local>') return isIP(host) === 0 && !host.includes('.');
  const [, place = '', wanted] = /^(.*?)(?::(\d{1,5}))?$/.exec(entry) ?? [];
  // Of an IPv6 address without brackets the last part is no port.
  const hasPort = wanted !== undefined && (place.startsWith('[') || !place.includes(':'));
  if (hasPort && wanted !== port) return false;
  const pattern = bare(hasPort ? place : entry);
  return isIP(host) === 0 ? isName(pattern, host) : isAddress(pattern, host);
}

function isName(pattern: string, host: string): boolean {
  if (pattern.startsWith('.')) return host === pattern.slice(1) || host.endsWith(pattern);
  if (pattern === '*') return true;
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function isAddress(pattern: string, host: string): boolean {
  const [address = '', bits] = pattern.split('/');
  const family = isIP(address);
  if (pattern === '*') return true;
  if (family === 0) return false;
  const all = family === 6 ? 128 : 32;
  const prefix = bits === undefined ? all : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > all) return false;
  const list = new BlockList();
  list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  return list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}

function bare(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
