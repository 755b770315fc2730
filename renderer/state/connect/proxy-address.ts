import { bareHost } from '../../../bridge/panel/bare-host.js';
import type { ProxyKind } from '../../../bridge/panel/proxy-kinds.js';

/** Parts of a pasted proxy address; null = the part is missing. */
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
/** Default ports. */
const usualPorts: Readonly<Record<ProxyKind, string>> = { http: '80', https: '443', socks5: '1080' };
const form = /^(?:([a-z][a-z0-9]*):\/\/)?(?:(.*)@)?(\[[0-9a-f:.]+\]|[^:/@\s]+)(?::(\d{1,5}))?\/?$/i;

/**
 * Parses `http://olive:secret@proxy.example.com:3128` or parts of it.
 * Null if the text is only a host, or no address.
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

/** Decodes percent-encoding; leaves invalid text unchanged. */
function decoded<T extends string | null>(text: T): T | string {
  try {
    return text === null ? text : decodeURIComponent(text);
  } catch {
    return text;
  }
}
