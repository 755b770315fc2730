/**
 * Keys of nodes. Perch keeps the key that a node presents at the first connection ("pins" it), and connects to this host
 * and port later only if the node presents the same key. A changed key means a new node, or somebody in between.
 */
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { PinnedHost } from '../../bridge/schema/sftp.js';
import { sentence } from '../../messages/messages.js';
import type { AccountRecord, Clock, Log } from '../base/ports.js';
import { changedHostKey } from './sftp-problems.js';
import type { ShownHostKey } from './ssh-session.js';

/** The stored accounts, as SFTP needs them. */
export interface SftpBook {
  find(accountId: string): AccountRecord | null;
  patch(accountId: string, patch: (record: AccountRecord) => Partial<AccountRecord>): Promise<void>;
}

export interface HostKeysDeps {
  readonly book: SftpBook;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

export class HostKeys {
  /** Changed keys that nodes presented in this run, by account and host. Only such a key can be trusted. */
  readonly #changed = new Map<string, ShownHostKey>();

  constructor(private readonly deps: HostKeysDeps) {}

  /** Pins the first key of a host. Rejects with `host-key-changed` for another one, and if the pin can't be stored. */
  async judge(accountId: string, host: string, shown: ShownHostKey): Promise<void> {
    const { book, log } = this.deps;
    const pinned = hostsOf(book.find(accountId)).find((one) => one.host === host);
    if (pinned === undefined) {
      await this.#pin(accountId, host, shown);
      log.info('sftp.host-pinned', { account: accountId, type: shown.type });
      return;
    }
    if (pinned.fingerprint === shown.fingerprint && pinned.type === shown.type) return;
    this.#changed.set(placeOf(accountId, host), shown);
    log.warn('sftp.host-key-changed', { account: accountId });
    const { fingerprint } = pinned;
    throw new PerchError(changedHostKey({ host, pinned: fingerprint, shown: shown.fingerprint }));
  }

  /** Whether a node presented a changed key in this run. */
  hasChanged(accountId: string, host: string): boolean {
    return this.#changed.has(placeOf(accountId, host));
  }

  /** Pins a changed key at the person's wish. Rejects any key other than the key that the node presented last. */
  async trust(accountId: string, host: string, fingerprint: string): Promise<void> {
    const shown = this.#changed.get(placeOf(accountId, host));
    if (shown?.fingerprint !== fingerprint) {
      throw new PerchError(newProblem('conflict', sentence('sftp.other-host-key', { host })));
    }
    await this.#pin(accountId, host, shown);
    this.#changed.delete(placeOf(accountId, host));
    this.deps.log.info('sftp.host-trusted', { account: accountId });
  }

  async #pin(accountId: string, host: string, { type, fingerprint }: ShownHostKey): Promise<void> {
    const { book, clock } = this.deps;
    const pin: PinnedHost = { host, type, fingerprint, pinnedAt: clock.wall() };
    await book.patch(accountId, (record) => ({
      sftpHosts: [...hostsOf(record).filter((one) => one.host !== host), pin],
    }));
  }
}

function hostsOf(record: AccountRecord | null): readonly PinnedHost[] {
  return record?.sftpHosts ?? [];
}

const placeOf = (accountId: string, host: string): string => `${accountId} ${host}`;
