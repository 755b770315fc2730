import { PerchError, newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { keyPage } from '../base/key-page.js';
import {
  KeychainFailure,
  type Clock,
  type Keychain,
  type KeychainFailureKind,
  type PutBack,
  type SecretOf,
  type Vault,
} from '../base/ports.js';
import { boundText, readBound, type BoundSecret } from './bound-secret.js';
import { KeychainCalls } from './keychain-calls.js';

export interface KeychainVaultDeps {
  loadKeychain: () => Promise<Keychain>;
  clock: Clock;
  platform: NodeJS.Platform;
  /** Called when the keychain may answer again, so that waiting accounts may ask at once. */
  changed?: () => void;
}

/** The keychain of macOS, or the Credential Manager of Windows. */
export async function loadSystemKeychain(): Promise<Keychain> {
  const module: { default?: Keychain } & Keychain = await import('keytar');
  return module.default ?? module;
}

const service = 'perch';
const probeService = 'perch-check';
const probeAccount = 'check';
/** Windows' limit for one entry. */
const windowsMaxBytes = 2560;
const noKeyNext = sentence('disk.no-key-next', { page: keyPage });

/** Stores API keys and the proxy's password in the system's keychain, or in memory until Perch quits. */
export class KeychainVault implements Vault {
  readonly #platform: NodeJS.Platform;
  readonly #keychain: KeychainCalls;
  readonly #memory = new Map<string, BoundSecret>();
  /** Bare keys that are being bound, by account. Other changes of the same entry wait, so that the newest wins. */
  readonly #bindings = new Map<string, Promise<void>>();
  /** Number of changes of each account, to recognise an answer that comes too late. */
  readonly #changes = new Map<string, number>();

  constructor({ loadKeychain, clock, platform, changed = () => undefined }: KeychainVaultDeps) {
    this.#platform = platform;
    this.#keychain = new KeychainCalls({ loadKeychain, clock, changed });
  }

  async store({ id, keyStorage, goesTo }: SecretOf, key: string): Promise<PutBack> {
    const change = this.#nextChange(id);
    const isNewest = (): boolean => this.#changes.get(id) === change;
    const inMemory = this.#memory.get(id);
    const bound = { goesTo, secret: key };
    if (keyStorage === 'memory') {
      this.#memory.set(id, bound);
      return async () => {
        if (isNewest()) this.#remember(id, inMemory);
      };
    }
    const text = boundText(bound);
    this.#checkLength(text);
    await this.#bindings.get(id);
    const putBack = await saidWith('disk.locked-next', async () => {
      const before = await this.#keychain.askOpen((keychain) => keychain.getPassword(service, id));
      const back = async (keychain: Keychain): Promise<void> => {
        if (!isNewest()) return;
        if (before === null) await keychain.deletePassword(service, id);
        else await keychain.setPassword(service, id, before);
      };
      // An answer after the time limit restores the older key, because Perch told the user that nothing was stored.
      await this.#keychain.ask((keychain) => keychain.setPassword(service, id, text), back);
      return back;
    });
    this.#memory.delete(id);
    return async () => {
      if (!isNewest()) return;
      this.#remember(id, inMemory);
      await saidWith('disk.locked-next', () => this.#keychain.askOpen(putBack));
    };
  }

  async use<T>(
    { id, keyStorage, awaitsKey, goesTo }: SecretOf,
    run: (key: string) => Promise<T>,
  ): Promise<T> {
    if (awaitsKey === true) {
      throw new PerchError(newProblem('unauthorized', sentence('exports.needs-key'), noKeyNext));
    }
    // An account with its key in memory ignores the keychain, which may hold an old key that could not be removed.
    const kept = this.#memory.get(id) ?? (keyStorage === 'memory' ? null : await this.#read(id, goesTo));
    if (kept === null || kept.secret === '') {
      throw new PerchError(newProblem('unauthorized', sentence('disk.no-key'), noKeyNext));
    }
    if (kept.goesTo !== goesTo) {
      const message = sentence('disk.key-elsewhere', { kept: kept.goesTo, wanted: goesTo });
      throw new PerchError(newProblem('unauthorized', message, sentence('disk.key-elsewhere-next')));
    }
    return run(kept.secret);
  }

  async forget(accountId: string, where: 'everywhere' | 'keychain' = 'everywhere'): Promise<void> {
    this.#nextChange(accountId);
    await this.#bindings.get(accountId);
    const wasInMemory = where === 'everywhere' && this.#memory.delete(accountId);
    try {
      await saidWith('disk.locked-next-time', () =>
        this.#keychain.askOpen((keychain) => keychain.deletePassword(service, accountId)),
      );
    } catch (error) {
      // An account with its key in memory may have nothing in the keychain, so a failure does not matter.
      if (!wasInMemory) throw error;
    }
  }

  /** Writes, reads and removes a test entry. Touches no key and asks nobody to unlock. */
  async probe(): Promise<void> {
    await saidWith('disk.locked-goes-on', async () => {
      const remove = async (keychain: Keychain): Promise<void> => {
        await keychain.deletePassword(probeService, probeAccount);
      };
      await this.#keychain.ask(
        (keychain) => keychain.setPassword(probeService, probeAccount, probeAccount),
        remove,
      );
      const read = await this.#keychain.ask((keychain) => keychain.getPassword(probeService, probeAccount));
      await this.#keychain.ask(remove);
      if (read !== probeAccount) throw new KeychainFailure('unavailable');
    });
  }

  unlock(): void {
    this.#keychain.unlock().catch(() => undefined);
  }

  async #read(accountId: string, goesTo: string): Promise<BoundSecret | null> {
    const text = await saidWith('disk.locked-goes-on', () =>
      this.#keychain.ask((keychain) => keychain.getPassword(service, accountId)),
    );
    if (text === null) return null;
    const bound = readBound(text);
    if (bound !== null) return bound;
    this.#bind(accountId, { goesTo, secret: text });
    return { goesTo, secret: text };
  }

  /**
   * Binds a bare key of an earlier version to its destination at first use.
   * Tried once per run, because a hanging keychain should get as few calls as possible.
   */
  #bind(accountId: string, bound: BoundSecret): void {
    if (this.#changes.has(accountId) || this.#bindings.has(accountId)) return;
    const text = boundText(bound);
    const binding = this.#keychain.ask((keychain) => keychain.setPassword(service, accountId, text));
    this.#bindings.set(
      accountId,
      binding.catch(() => undefined),
    );
  }

  #remember(accountId: string, bound: BoundSecret | undefined): void {
    if (bound === undefined) this.#memory.delete(accountId);
    else this.#memory.set(accountId, bound);
  }

  #nextChange(accountId: string): number {
    const change = (this.#changes.get(accountId) ?? 0) + 1;
    this.#changes.set(accountId, change);
    return change;
  }

  #checkLength(key: string): void {
    if (this.#platform !== 'win32' || Buffer.byteLength(key) <= windowsMaxBytes) return;
    const message = sentence('disk.key-too-long');
    throw new PerchError({ ...newProblem('invalid', message), fields: { key: message } });
  }
}

/** The advice about a locked keychain depends on the operation. */
type LockedNext = 'disk.locked-next' | 'disk.locked-next-time' | 'disk.locked-goes-on';

async function saidWith<T>(lockedNext: LockedNext, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof KeychainFailure)
      throw new PerchError(problemOf(error.kind, lockedNext), { cause: error });
    throw error;
  }
}

function problemOf(kind: KeychainFailureKind, lockedNext: LockedNext): Problem {
  switch (kind) {
    case 'locked':
      return newProblem('keychain-locked', sentence('disk.locked'), sentence(lockedNext));
    case 'silent':
      return newProblem('keychain-silent', sentence('disk.silent'));
    case 'unavailable':
      return newProblem('keychain-unavailable', sentence('disk.no-keychain'));
  }
}
