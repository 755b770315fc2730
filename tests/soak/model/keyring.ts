import { KeychainFailure, type Keychain } from '../../../main/base/ports.js';

/** The computer's keyring with the key of each account; while it is locked, it gives none. */
export class ModelKeyring implements Keychain {
  readonly #keys: ReadonlyMap<string, string>;
  readonly #listeners: (() => void)[] = [];
  #isLocked = false;

  /** `tells` = it says when it was unlocked; not every system does. */
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
