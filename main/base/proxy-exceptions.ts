/** Parser of the hosts that are reached without a proxy, in the format of systems and browsers. */
import { bareHost } from '../../bridge/panel/bare-host.js';

/** `port` = null for every port of the host. */
export type ProxyException = { readonly port: number | null } & (
  | { readonly kind: 'all' }
  /** Names without a dot. */
  | { readonly kind: 'local' }
  /** Host name as in a URL, without a final dot. `reach` = the host itself, its subdomains, or both. */
  | { readonly kind: 'name'; readonly name: string; readonly reach: 'itself' | 'below' | 'both' }
  /** Addresses that share the first `prefix` bits with this one; IPv6 without brackets. */
  | {
      readonly kind: 'address';
      readonly family: 'ipv4' | 'ipv6';
      readonly address: string;
      readonly prefix: number;
    }
);

/**
 * Parses one entry; null if invalid.
 * Forms: `panel.example.com`, `*.example.com`, `.example.com` (subdomains and `example.com` itself), `10.0.0.7`,
 * `10.0.0.0/8`, `fd00::/8`, `*`, `<local>`. Each may end in a port; IPv6 then needs brackets.
 */
export function proxyException(entry: string): ProxyException | null {
  const text = entry.trim().toLowerCase();
  const [, place = '', digits] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  // The last group of an IPv6 address without brackets is no port.
  const hasPort = digits !== undefined && (place.startsWith('[') || !place.includes(':'));
  const port = hasPort ? Number(digits) : null;
  if (port !== null && (port < 1 || port > 65_535)) return null;
  const host = hasPort ? place : text;
  if (host === '*') return { kind: 'all', port };
  if (host === '<local>') return { kind: 'local', port };
  const found = addressOf(host) ?? nameOf(host);
  return found === null ? null : { ...found, port };
}

function addressOf(host: string) {
  const [, address = '', bits] = /^(.*?)(?:\/(.*))?$/.exec(host) ?? [];
  const family = familyOf(address);
  if (family === null) return null;
  const all = family === 'ipv6' ? 128 : 32;
  if (bits !== undefined && !/^\d{1,3}$/.test(bits)) return null;
  const prefix = bits === undefined ? all : Number(bits);
  return prefix > all ? null : ({ kind: 'address', family, address: bareHost(address), prefix } as const);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | null {
  if (/^\d+(?:\.\d+){3}$/.test(address)) return nameInUrl(address) === address ? 'ipv4' : null;
  return bareHost(address).includes(':') && URL.canParse(`http://[${bareHost(address)}]`) ? 'ipv6' : null;
}

function nameOf(host: string) {
  const reach = host.startsWith('*.') ? 'below' : host.startsWith('.') ? 'both' : 'itself';
  const name = nameInUrl(host.replace(/^\*?\./, ''));
  // A URL completes a partial address: `10.7` becomes 10.0.0.7, which is hardly intended.
  if (name === null || name === '' || familyOf(name) !== null) return null;
  return { kind: 'name', name, reach } as const;
}

/** `bücher.example.` -> `xn--bcher-kva.example`. */
function nameInUrl(name: string): string | null {
  if (name === '' || /[\s*@:/?#[\]\\]/.test(name) || !URL.canParse(`http://${name}`)) return null;
  return new URL(`http://${name}`).hostname.replace(/\.$/, '');
}
