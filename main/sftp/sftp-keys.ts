/**
 * The SFTP key of each account: made here, its private part in the keychain, its public part with the panel.
 *
 * The record of the account names a key before the panel gets it, and forgets it only after the panel has dropped it. So
 * Perch knows at every moment, also after a kill, which keys the panel may have of it.
 */
import { oneLine } from '../../bridge/console/plain-line.js';
import { newProblem, PerchError, toProblem } from '../../bridge/errors.js';
import { say, sentence } from '../../messages/messages.js';
import type { AccountRecord, Clock, Log, SecretOf, Vault } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { SftpBook } from './host-keys.js';
import { makeKey, signed } from './key-pair.js';

/** Calls to the panel of an account. They reject with `PerchError`. */
interface SshKeysPanel {
  add(name: string, publicKey: string): Promise<unknown>;
  /** `fingerprint` without `SHA256:`, as panels name it. A key that the panel does not have is no failure. */
  remove(fingerprint: string): Promise<void>;
}

export interface SftpKeysDeps {
  readonly book: SftpBook;
  readonly vault: Pick<Vault, 'store' | 'use' | 'forget'>;
  readonly panelOf: (accountId: string) => SshKeysPanel;
  /** Name of this computer. */
  readonly computer: () => string;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

export class SftpKeys {
  /** One set-up at a time, so that a double press makes one key. */
  readonly #changes = new SerialQueue();

  constructor(private readonly deps: SftpKeysDeps) {}

  /** Whether Perch has a registered key for the account. */
  isOn(accountId: string): boolean {
    const key = this.deps.book.find(accountId)?.sftp;
    return key !== undefined && key.isPending !== true;
  }

  /** Makes, stores and registers a key, in place of an earlier key. Rejects with `PerchError` and leaves no key then. */
  setUp(accountId: string): Promise<void> {
    return this.#changes.run(async () => {
      const record = this.#record(accountId);
      if (record.keyStorage === 'memory' && !record.isDemo) {
        throw new PerchError(newProblem('keychain-unavailable', sentence('sftp.needs-keychain')));
      }
      await this.#remove(record);
      await this.#make(record);
      this.deps.log.info('sftp.set-up', { account: accountId });
    });
  }

  /** Removes the key from the panel, then from the keychain. Rejects with `PerchError`; the key stays then. */
  withdraw(accountId: string): Promise<void> {
    return this.#changes.run(async () => {
      const record = this.deps.book.find(accountId);
      if (record?.sftp === undefined) return;
      await this.#remove(record);
      this.deps.log.info('sftp.withdrawn', { account: accountId });
    });
  }

  /** Removes the key from this computer only, for an account whose panel is gone. Never rejects. */
  drop(accountId: string): Promise<void> {
    return this.#changes.run(async () => {
      if (this.deps.book.find(accountId)?.sftp === undefined) return;
      try {
        await this.deps.vault.forget(secretId(accountId));
        await this.deps.book.patch(accountId, () => ({ sftp: undefined }));
      } catch (error) {
        this.deps.log.warn('sftp.not-dropped', { code: toProblem(error).code });
      }
    });
  }

  /** The public part, and signatures with the private part. Rejects with `PerchError`. */
  signerOf(accountId: string): { publicKey: string; sign(data: Uint8Array): Promise<Buffer> } {
    const record = this.#record(accountId);
    const { sftp } = record;
    if (sftp === undefined || sftp.isPending === true) throw notSetUp();
    return {
      publicKey: sftp.publicKey,
      sign: (data) =>
        this.deps.vault
          .use(secretOf(record), async (secret) => signed(secret, data))
          .catch((error: unknown) => {
            if (toProblem(error).code !== 'unauthorized') throw error;
            throw new PerchError(newProblem('conflict', sentence('sftp.key-lost')), { cause: error });
          }),
    };
  }

  async #make(record: AccountRecord): Promise<void> {
    const { book, vault, clock, computer } = this.deps;
    const { publicKey, fingerprint, secret } = makeKey();
    const name = say('sftp.key-name', { computer: oneLine(computer(), 60) });
    const key = { name, publicKey, fingerprint, addedAt: clock.wall() };
    await book.patch(record.id, () => ({ sftp: { ...key, isPending: true } }));
    try {
      await vault.store(secretOf(record), secret);
      await this.deps.panelOf(record.id).add(name, publicKey);
    } catch (error) {
      // The panel may have the key although its answer was lost.
      const isAway = await this.#remove({ ...record, sftp: key }).then(
        () => false,
        () => true,
      );
      if (isAway) this.deps.log.warn('sftp.left-pending', { account: record.id });
      throw error;
    }
    await book.patch(record.id, () => ({ sftp: key }));
  }

  async #remove({ id, sftp, label, isDemo }: AccountRecord): Promise<void> {
    const { book, vault } = this.deps;
    if (sftp === undefined) return;
    try {
      await this.deps.panelOf(id).remove(sftp.fingerprint.replace(/^SHA256:/, ''));
    } catch (error) {
      // The sandbox of a demo may have ended, and its keys with it.
      if (!isDemo) throw notWithdrawn(error, label, sftp.name);
    }
    await vault.forget(secretId(id)).catch((error: unknown) => {
      if (toProblem(error).code !== 'keychain-unavailable') throw error;
    });
    await book.patch(id, () => ({ sftp: undefined }));
  }

  #record(accountId: string): AccountRecord {
    const record = this.deps.book.find(accountId);
    if (record !== null) return record;
    throw new PerchError(newProblem('not-found', sentence('actions.no-panel')));
  }
}

/** Accounts have UUIDs as ids in the vault, so these ids can't clash. */
const secretId = (accountId: string): string => `sftp-${accountId}`;

/** The key is bound to the account's panel, like the API key: for another address in the file there is no key. */
function secretOf({ id, isDemo, panelUrl }: AccountRecord): SecretOf {
  const keyStorage = isDemo ? 'memory' : 'keychain';
  return { id: secretId(id), keyStorage, goesTo: `sftp:${new URL(panelUrl).origin}` };
}

function notSetUp(): PerchError {
  return new PerchError(newProblem('conflict', sentence('sftp.not-set-up')));
}

function notWithdrawn(error: unknown, label: string, name: string): PerchError {
  const { code } = toProblem(error);
  const panel = oneLine(label, 80);
  const next = sentence('sftp.not-withdrawn-next', { name });
  return new PerchError(newProblem(code, sentence('sftp.not-withdrawn', { panel }), next), { cause: error });
}
