import type { Proxies, ProxyPreference } from '../base/network-ports.js';
import { isExcepted } from './exceptions.js';
import { pacWords } from './proxies.js';

/**
 * The proxies from the user's settings. Each new connection reads the settings, so a change applies to the next one.
 */
export class PreferredProxies implements Proxies {
  constructor(
    private readonly system: Proxies,
    private readonly wish: ProxyPreference,
  ) {}

  resolve(url: string): Promise<string> {
    const { use } = this.wish.current;
    if (use === 'system') return this.system.resolve(url);
    return use === 'none' ? Promise.resolve('DIRECT') : this.#byOwn(url);
  }

  forget(): void {
    this.system.forget();
  }

  /** Only the user's proxy, never a direct fallback: the user may not want to be seen without the proxy. */
  async #byOwn(url: string): Promise<string> {
    const { own } = this.wish.current;
    if (own === null || isExcepted(new URL(url), own.except)) return 'DIRECT';
    if (own.user === '') return pacWords(own, null);
    const password = own.password === 'none' ? '' : await this.wish.password(own);
    // A wrong password could lock the user out. Without a login the proxy answers that it needs one.
    return pacWords(own, password === null ? null : { user: own.user, password });
  }
}
