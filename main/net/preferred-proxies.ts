import type { Proxies, ProxyPreference } from '../base/ports.js';
import { isExcepted } from './exceptions.js';
import { pacWords } from './proxies.js';

/** The proxies that the person wants, asked about for each connection: a change counts for the next one. */
export class PreferredProxies implements Proxies {
  readonly #system: Proxies;
  readonly #wish: ProxyPreference;

  constructor(system: Proxies, wish: ProxyPreference) {
    this.#system = system;
    this.#wish = wish;
  }

  resolve(url: string): Promise<string> {
    const { use } = this.#wish.current;
    if (use === 'system') return this.#system.resolve(url);
    return use === 'none' ? Promise.resolve('DIRECT') : this.#byOwn(url);
  }

  forget(): void {
    this.#system.forget();
  }

  /** Never another way behind it: who names a proxy may not want to be seen without it. */
  async #byOwn(url: string): Promise<string> {
    const { own } = this.#wish.current;
    if (own === null || isExcepted(new URL(url), own.except)) return 'DIRECT';
    if (own.user === '') return pacWords(own, null);
    const password = own.password === 'none' ? '' : await this.#wish.password(own);
    // With a wrong password it might shut the person out; without a login it says that it wants one.
    return pacWords(own, password === null ? null : { user: own.user, password });
  }
}
