/** The answer of a PAC file, or of the system's settings in the same words, as ways to be tried in order. */
import { bareHost } from '../../bridge/panel/bare-host.js';
import type { ProxyKind } from '../../bridge/panel/proxy-kinds.js';
import type { WayTaken } from '../../bridge/schema/proxy.js';

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

export type Way = Proxy | 'direct';

const kinds: Readonly<Record<string, Proxy['kind']>> = {
  PROXY: 'http',
  HTTP: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks',
  // Version 4 by the letter of PAC; what still listens speaks version 5 as well, which can carry names.
  SOCKS: 'socks',
  SOCKS4: 'socks',
};

/** `PROXY a:3128; SOCKS5 b:1080; DIRECT` -> three ways. Without any that is understood it is the direct one. */
export function waysOf(answer: string): Way[] {
  const ways = answer.split(';').flatMap((entry) => wayOf(entry.trim()) ?? []);
  return ways.length === 0 ? ['direct'] : ways;
}

function wayOf(entry: string): Way | null {
  const [word = '', address = ''] = entry.split(/\s+/);
  if (word.toUpperCase() === 'DIRECT') return 'direct';
  const kind = kinds[word.toUpperCase()];
  // The scheme only lets `URL` read the address; it must have no port of its own that would be left out.
  if (kind === undefined || !URL.canParse(`proxy://${address}`)) return null;
  const { hostname, port, username, password } = new URL(`proxy://${address}`);
  if (hostname === '' || port === '') return null;
  const login =
    username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  return { kind, host: bareHost(hostname), port: Number(port), login };
}

const words: Readonly<Record<ProxyKind, string>> = { http: 'PROXY', https: 'HTTPS', socks5: 'SOCKS5' };

/** The other way round: `PROXY olive:secret@proxy.example.com:3128`. */
export function pacWords(
  proxy: { kind: ProxyKind; host: string; port: number },
  login: ProxyLogin | null,
): string {
  const who =
    login === null ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;
  return `${words[proxy.kind]} ${who}${nameOf(proxy)}`;
}

export function takenOf(way: Way): WayTaken {
  if (way === 'direct') return { kind: 'direct' };
  return { kind: way.kind === 'socks' ? 'socks5' : way.kind, proxy: nameOf(way) };
}

/** For a sentence: `proxy.example.com:3128`, never with its password. */
export function nameOf({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
