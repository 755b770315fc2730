import { inTime } from '../base/in-time.js';
import { KeychainFailure, type Clock, type Keychain } from '../base/ports.js';

export interface KeychainCallsDeps {
  /** Called when a key is first needed. A computer without a keychain then has a problem, not a crash at start. */
  loadKeychain: () => Promise<Keychain>;
  clock: Clock;
  /** Called when the keychain may answer again: after an unlock, a start, or a late answer. */
  changed: () => void;
}

/** A call can hang forever with a broken keyring (PLATFORM, "Keychain"). */
const timeoutMs = 5000;
/** Time for the user to find and type the password. */
const promptMs = 60_000;
/** With keytar each hanging call blocks one of libuv's four threads, which files and name lookups need as well. */
const maxHanging = 2;

type Ask<T> = (keychain: Keychain) => Promise<T>;

/** Keychain calls with time limits. Every method rejects with `KeychainFailure`. */
export class KeychainCalls {
  #keychain: Promise<Keychain> | null = null;
  #hanging = 0;

  constructor(private readonly deps: KeychainCallsDeps) {}

  /** `late` runs if the answer comes after the time limit. */
  async ask<T>(ask: Ask<T>, late: Ask<void> = () => Promise.resolve()): Promise<T> {
    if (this.#hanging >= maxHanging) throw new KeychainFailure('silent');
    const work = this.#load().then(ask);
    return this.#within(timeoutMs, work, () => {
      this.#hanging++;
      const answered = (): void => {
        this.#hanging--;
        this.deps.changed();
      };
      work.finally(answered).then(
        () =>
          void this.#load()
            .then(late)
            .catch(() => undefined),
        () => undefined,
      );
      return new KeychainFailure('silent');
    });
  }

  /** Asks the keychain for a waiting user: a locked keychain is unlocked first. */
  async askOpen<T>(ask: Ask<T>): Promise<T> {
    try {
      return await this.ask(ask);
    } catch (error) {
      if (!(error instanceof KeychainFailure) || error.kind !== 'locked') throw error;
      await this.unlock();
      return this.ask(ask);
    }
  }

  /** Waits until the user has unlocked the keychain. */
  async unlock(): Promise<void> {
    const work = this.#load().then(async (keychain) => {
      if (keychain.unlock === undefined) throw new KeychainFailure('locked');
      await keychain.unlock();
    });
    await this.#within(promptMs, work, () => new KeychainFailure('locked'));
  }

  #load(): Promise<Keychain> {
    if (this.#keychain !== null) return this.#keychain;
    const loading = this.deps.loadKeychain();
    this.#keychain = loading;
    loading.then(
      (keychain) => keychain.listen?.(this.deps.changed),
      () => {
        // The next call loads the keychain again, because a missing library may be installed meanwhile.
        if (this.#keychain === loading) this.#keychain = null;
      },
    );
    return loading;
  }

  #within<T>(ms: number, work: Promise<T>, givenUp: () => Error): Promise<T> {
    return inTime(this.deps.clock, ms, work, givenUp).catch((error: unknown) => {
      throw failureOf(error);
    });
  }
}

function failureOf(error: unknown): KeychainFailure {
  if (error instanceof KeychainFailure) return error;
  const text = error instanceof Error ? error.message : '';
  // Texts of macOS for a keychain that stays locked.
  const isLocked = /lock|dismiss|cancel|interaction is not allowed/i.test(text);
  return new KeychainFailure(isLocked ? 'locked' : 'unavailable', { cause: error });
}
