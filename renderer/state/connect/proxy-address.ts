import { bareHost } from '../../../bridge/panel/bare-host.js';
import type { ProxyKind } from '../../../bridge/panel/proxy-kinds.js';

/** What an address that was pasted says of a proxy; null where it does not say it. */
export interface ProxyAddress {
  kind: ProxyKind | null;
  host: string;
  port: string | null;
  user: string | null;
  password: string | null;
}

const kinds: Readonly<Record<string, ProxyKind>> = {
  http: 'http',
  https: 'https',
  socks: 'socks5',
  socks5: 'socks5',
  socks5h: 'socks5',
};
/** Where an address of this kind names none. */
const usualPorts: Readonly<Record<ProxyKind, string>> = { http: '80', https: '443', socks5: '1080' };
const form = /^(?:([a-z][a-z0-9]*):\/\/)?(?:(.*)@)?(\[[0-9a-f:.]+\]|[^:/@\s]+)(?::(\d{1,5}))?\/?$/i;

/**
 * `http://olive:secret@proxy.example.com:3128`, or a part of it. null where the text is no more than a host, or no
 * address at all.
 */
export function proxyAddress(text: string): ProxyAddress | null {
  const [, scheme, login, host = '', port] = form.exec(text.trim()) ?? [];
  if (host === '' || (scheme === undefined && login === undefined && port === undefined)) return null;
  const kind = scheme === undefined ? null : (kinds[scheme.toLowerCase()] ?? null);
  if (scheme !== undefined && kind === null) return null;
  const [user = null, ...password] = login?.split(':') ?? [];
  return {
    kind,
    host: bareHost(host),
    port: port ?? (kind === null ? null : usualPorts[kind]),
    user: decoded(user),
    password: password.length === 0 ? null : decoded(password.join(':')),
  };
}

/** Percent signs that mean nothing stay as they are. */
function decoded<T extends string | null>(text: T): T | string {
  try {
    return text === null ? text : decodeURIComponent(text);
  } catch {
    return text;
  }
}
