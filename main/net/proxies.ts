/**
 * Parses the answer of a PAC file, or of the system's proxy settings in the same syntax, into routes in order of
 * preference.
 */
import { bareHost } from '../../bridge/panel/bare-host.js';
import type { ProxyKind } from '../../bridge/panel/proxy-kinds.js';
import type { RouteTaken } from '../../bridge/schema/proxy.js';

export interface ProxyLogin {
  user: string;
  password: string;
}

export interface Proxy {
  kind: 'http' | 'https' | 'socks';
  host: string;
  port: number;
  login: ProxyLogin | null;
}

export type Route = Proxy | 'direct';

const kinds: Readonly<Record<string, Proxy['kind']>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks',
  // SOCKS4 in the syntax of PAC. Perch speaks SOCKS5 to these proxies too, because SOCKS5 can carry host names.
  SOCKS: 'socks',
  SOCKS4: 'socks',
};

/** `PROXY a:3128; SOCKS5 b:1080; DIRECT` -> three routes. Without a valid entry the direct route. */
export function routesOf(answer: string): Route[] {
  const ways = answer.split(';').flatMap((entry) => wayOf(entry.trim()) ?? []);
  return ways.length === 0 ? ['direct'] : ways;
}

function wayOf(entry: string): Route | null {
  const [word = '', address = ''] = entry.split(/\s+/);
  if (word.toUpperCase() === 'DIRECT') return 'direct';
  const kind = kinds[word.toUpperCase()];
  // A made-up scheme lets `URL` parse the address. A known scheme would hide its default port.
  if (kind === undefined || !URL.canParse(`proxy://${address}`)) return null;
  const { hostname, port, username, password } = new URL(`proxy://${address}`);
  if (hostname === '' || port === '') return null;
  const login =
    username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { kind, host: bareHost(hostname), port: Number(port), login };
}

const words: Readonly<Record<ProxyKind, string>> = { http: 'PROXY', https: 'HTTPS', socks5: 'SOCKS5' };

/** The inverse of `waysOf`, for one proxy: `PROXY olive:secret@proxy.example.com:3128`. */
export function pacWords(
  proxy: { kind: ProxyKind; host: string; port: number },
  login: ProxyLogin | null,
): string {
  const who =
    login === null ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;
  return `${words[proxy.kind]} ${who}${nameOf(proxy)}`;
}

export function takenOf(way: Route): RouteTaken {
  if (way === 'direct') return { kind: 'direct' };
  return { kind: way.kind === 'socks' ? 'socks5' : way.kind, proxy: nameOf(way) };
}

/** Host and port for a message: `proxy.example.com:3128`, without the password. */
export function nameOf({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
