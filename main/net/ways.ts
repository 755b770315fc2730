import { lookup } from 'node:dns/promises';
import type { Proxies } from '../base/ports.js';
import { nameOf, waysOf } from './proxies.js';

/** Which way the connections of an address take, for whoever explains it. */
export class Ways {
  readonly #proxies: Proxies;

  constructor(proxies: Proxies) {
    this.#proxies = proxies;
  }

  /** The first that is tried. `proxy` is host and port, without its password. Never rejects. */
  async wayTo(url: string): Promise<{ kind: 'direct' | 'http' | 'https' | 'socks'; proxy: string | null }> {
    const { protocol, host } = new URL(url);
    const [way = 'direct'] = waysOf(await this.#proxies.resolve(`${protocol}//${host}`));
    return way === 'direct' ? { kind: way, proxy: null } : { kind: way.kind, proxy: nameOf(way) };
  }

  /** How many addresses the system knows for a name. Rejects with the system's error where there is none. */
  async lookUp(host: string): Promise<number> {
    return (await lookup(host, { all: true })).length;
  }
}
