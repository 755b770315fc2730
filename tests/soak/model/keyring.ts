import { KeychainFailure, type Keychain } from '../../../main/base/ports.js';

/** Keyring of the computer with each account's key; while locked, it returns none. */
export class ModelKeyring implements Keychain {
  readonly #keys: ReadonlyMap<string, string>;
  readonly #listeners: (() => void)[] = [];
  #isLocked = false;

  /** `tells` = the keyring announces when it is unlocked, which not every system does. */
  constructor(
    keys: ReadonlyMap<string, string>,
    readonly tells: boolean,
  ) {
    this.#keys = keys;
  }

  lock(): void {
    this.#isLocked = true;
  }

  unlocked(): void {
    this.#isLocked = false;
    for (const listener of this.#listeners) listener();
  }

  getPassword(_service: string, account: string): Promise<string | null> {
    if (this.#isLocked) return Promise.reject(new KeychainFailure('locked'));
    return Promise.resolve(this.#keys.get(account) ?? null);
  }

  setPassword(): Promise<void> {
    return Promise.resolve();
  }

  deletePassword(): Promise<boolean> {
    return Promise.resolve(false);
  }

  listen(changed: () => void): void {
    if (this.tells) this.#listeners.push(changed);
  }
}
