import type { AccountRecord, AccountRecords } from '../base/ports.js';

/**
 * The accounts that Perch knows, in memory and on disk. The demo's account is never written: its sandbox ends with
 * Perch, and with it the address and the key.
 */
export class AccountBook {
  readonly #records: AccountRecords;
  #all: readonly AccountRecord[] = [];

  constructor(records: AccountRecords) {
    this.#records = records;
  }

  /** To be called once, before anything else. */
  async load(): Promise<readonly AccountRecord[]> {
    this.#all = await this.#records.load();
    return this.#all;
  }

  get all(): readonly AccountRecord[] {
    return this.#all;
  }

  find(accountId: string): AccountRecord | null {
    return this.#all.find(({ id }) => id === accountId) ?? null;
  }

  /** Adds a record or replaces the one with its id. When it can't be written, everything stays as it was. */
  async put(record: AccountRecord): Promise<void> {
    const isKnown = this.find(record.id) !== null;
    await this.#replace(
      isKnown ? this.#all.map((old) => (old.id === record.id ? record : old)) : [...this.#all, record],
    );
  }

  async remove(accountId: string): Promise<void> {
    await this.#replace(this.#all.filter(({ id }) => id !== accountId));
  }

  async #replace(records: readonly AccountRecord[]): Promise<void> {
    await this.#records.save(records.filter(({ isDemo }) => !isDemo));
    this.#all = records;
  }
}
