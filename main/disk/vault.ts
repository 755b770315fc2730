import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { sentence, type Sentence } from '../../words/words.js';
import { cleanKey } from '../base/key.js';
import type { AccountRecord, Clock, Vault } from '../base/ports.js';

/** The part of keytar that Perch uses; tests pass a plain fake. */
export interface Keychain {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeychainVaultDeps {
  /** Called when a key is first needed: a machine without libsecret then has a problem, not a crash at start. */
  loadKeychain: () => Promise<Keychain>;
  clock: Clock;
  platform: NodeJS.Platform;
}

/** The keychain of this machine: libsecret, macOS Keychain, or Windows Credential Manager. */
export async function loadSystemKeychain(): Promise<Keychain> {
  const module: { default?: Keychain } & Keychain = await import('keytar');
  return module.default ?? module;
}

const service = 'perch';
/** A call can hang for ever with a locked or broken keyring (PLATFORM, "Keychain"). */
const timeoutMs = 5000;
/** Each call that hangs holds one of libuv's four threads, which files and name look-ups need as well. */
const maxHanging = 2;
/** The Windows limit of one entry. */
const windowsMaxBytes = 2560;

/** API keys in the keychain of the machine, or in memory until Perch quits. */
export class KeychainVault implements Vault {
  readonly #deps: KeychainVaultDeps;
  readonly #memory = new Map<string, string>();
  /** Counts up with every change of an account, so that an answer that comes too late is recognised. */
  readonly #changes = new Map<string, number>();
  #keychain: Promise<Keychain> | null = null;
  #hanging = 0;

  constructor(deps: KeychainVaultDeps) {
    this.#deps = deps;
  }

  async store(accountId: string, key: string, keep: 'keychain' | 'memory'): Promise<void> {
    const clean = cleanKey(key);
    const change = this.#nextChange(accountId);
    if (keep === 'memory') {
      this.#memory.set(accountId, clean);
      return;
    }
    this.#checkLength(clean);
    const before = await this.#ask((keychain) => keychain.getPassword(service, accountId));
    await this.#ask(
      (keychain) => keychain.setPassword(service, accountId, clean),
      // Unlocked after the time limit: we have said that nothing is stored, so the older key is put back.
      async (keychain) => {
        if (this.#changes.get(accountId) !== change) return;
        if (before === null) await keychain.deletePassword(service, accountId);
        else await keychain.setPassword(service, accountId, before);
      },
    );
    this.#memory.delete(accountId);
  }

  async use<T>(
    { id, keyStorage }: Pick<AccountRecord, 'id' | 'keyStorage'>,
    run: (key: string) => Promise<T>,
  ): Promise<T> {
    const key =
      this.#memory.get(id) ??
      // What the keychain may hold for an account kept in memory is an old key that could not be taken out.
      (keyStorage === 'memory' ? null : await this.#ask((keychain) => keychain.getPassword(service, id)));
    if (key === null || key === '') {
      throw problem('unauthorized', sentence('disk.no-key'), sentence('disk.no-key-next'));
    }
    return run(key);
  }

  async forget(accountId: string): Promise<void> {
    this.#nextChange(accountId);
    const wasInMemory = this.#memory.delete(accountId);
    try {
      await this.#ask((keychain) => keychain.deletePassword(service, accountId));
    } catch (error) {
      // A key that was kept in memory because there is no keychain has nothing to forget there.
      if (!wasInMemory) throw error;
    }
  }

  #nextChange(accountId: string): number {
    const change = (this.#changes.get(accountId) ?? 0) + 1;
    this.#changes.set(accountId, change);
    return change;
  }

  #checkLength(key: string): void {
    if (this.#deps.platform !== 'win32' || Buffer.byteLength(key) <= windowsMaxBytes) return;
    const message = sentence('disk.key-too-long');
    throw new PerchError({
      code: 'invalid',
      message,
      next: sentence('disk.key-too-long-next'),
      fields: { key: message },
    });
  }

  /** Asks the keychain within the time limit. `late` runs when the answer comes after it. */
  async #ask<T>(
    ask: (keychain: Keychain) => Promise<T>,
    late: (keychain: Keychain) => Promise<void> = () => Promise.resolve(),
  ): Promise<T> {
    if (this.#hanging >= maxHanging) throw locked();
    const work = this.#load().then((keychain) => ask(keychain));
    try {
      return await this.#withinLimit(work, late);
    } catch (error) {
      throw error instanceof PerchError ? error : fromKeychain(error);
    }
  }

  #load(): Promise<Keychain> {
    const loading = (this.#keychain ??= this.#deps.loadKeychain());
    loading.catch(() => {
      // Tried again next time: the library may be installed while Perch runs.
      if (this.#keychain === loading) this.#keychain = null;
    });
    return loading;
  }

  #withinLimit<T>(work: Promise<T>, late: (keychain: Keychain) => Promise<void>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let isLate = false;
      const cancel = this.#deps.clock.after(timeoutMs, () => {
        isLate = true;
        this.#hanging++;
        reject(locked());
      });
      const settle = (finish: () => void) => {
        cancel();
        if (isLate) this.#hanging--;
        else finish();
      };
      work.then(
        (value) => {
          settle(() => resolve(value));
          if (isLate)
            void this.#load()
              .then(late)
              .catch(() => undefined);
        },
        (error: unknown) =>
          settle(() => reject(error instanceof Error ? error : new Error('keychain', { cause: error }))),
      );
    });
  }
}

/** What libsecret and macOS say where there is a keychain that stays locked. */
function fromKeychain(error: unknown): PerchError {
  const text = error instanceof Error ? error.message : '';
  return /lock|dismiss|cancel|interaction is not allowed/i.test(text) ? locked() : unavailable();
}

function locked(): PerchError {
  return problem('keychain-locked', sentence('disk.locked'), sentence('disk.locked-next'));
}

function unavailable(): PerchError {
  return problem('keychain-unavailable', sentence('disk.no-keychain'), sentence('disk.no-keychain-next'));
}

function problem(code: ProblemCode, message: Sentence, next: Sentence): PerchError {
  return new PerchError({ code, message, next });
}
