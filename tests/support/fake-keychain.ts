import type { Keychain } from '../../main/base/ports.js';

/** In-memory keychain whose calls can hang or fail. */
export class FakeKeychain implements Keychain {
  readonly entries = new Map<string, string>();
  failure: Error | null = null;
  /** `'set'` = only storing a key hangs. */
  isHanging: boolean | 'set' = false;
  readonly #waiting: (() => void)[] = [];

  async getPassword(service: string, account: string) {
    await this.#answer();
    return this.entries.get(`${service}/${account}`) ?? null;
  }

  async setPassword(service: string, account: string, password: string) {
    await this.#answer('set');
    this.entries.set(`${service}/${account}`, password);
  }

  async deletePassword(service: string, account: string) {
    await this.#answer();
    return this.entries.delete(`${service}/${account}`);
  }

  answer() {
    this.isHanging = false;
    for (const go of this.#waiting.splice(0)) go();
  }

  async #answer(what?: 'set') {
    if (this.isHanging === true || (this.isHanging !== false && this.isHanging === what))
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (this.failure !== null) throw this.failure;
  }
}
